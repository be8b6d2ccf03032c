import { describe, expect, it } from 'vitest';
import {
  functionCredentials,
  functionToken,
} from '../../../../layers/extension/function-credentials.ts';
import { aClock } from '../../../builders/clock.ts';

const inEnvironment = {
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session',
};

describe("the function's credentials", () => {
  it('come from the environment', async () => {
    const credentials = await functionCredentials(inEnvironment, aClock())();

    expect(credentials).toMatchObject({ accessKeyId: 'ASIAEXAMPLE', sessionToken: 'session' });
  });

  it('A19: never come from the environment under SnapStart, where they have expired', async () => {
    const env = { ...inEnvironment, AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start' };

    await expect(functionCredentials(env, aClock())()).rejects.toMatchObject({ kind: 'identity' });
  });

  it('are asked of the endpoint where the environment has none', async () => {
    await expect(functionCredentials({}, aClock())()).rejects.toMatchObject({ kind: 'identity' });
  });
});

describe('the token of local requests', () => {
  it.each([
    [{ AWS_SESSION_TOKEN: 's', AWS_CONTAINER_AUTHORIZATION_TOKEN: 'c' }, 's'],
    [{ AWS_SESSION_TOKEN: '', AWS_CONTAINER_AUTHORIZATION_TOKEN: 'c' }, 'c'],
    [{ AWS_SESSION_TOKEN: '', AWS_CONTAINER_AUTHORIZATION_TOKEN: '' }, undefined],
    [{}, undefined],
  ])('of %j is %s', (env, expected) => {
    expect(functionToken(env)).toBe(expected);
  });
});
