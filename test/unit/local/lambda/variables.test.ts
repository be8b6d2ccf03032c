import { describe, expect, it, vi } from 'vitest';
import { type LambdaOptions, settingsOf } from '../../../../local/lambda/settings.ts';
import {
  extensionVariables,
  runtimeVariables,
  type VariableSources,
} from '../../../../local/lambda/variables.ts';

/** Lambda developer guide: what extensions do not see. */
const hidden = [
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_XRAY_CONTEXT_MISSING',
  'AWS_XRAY_DAEMON_ADDRESS',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
  '_HANDLER',
];

function sourcesOf(options: Partial<LambdaOptions>, authorizationToken?: string): VariableSources {
  const settings = settingsOf({ runtime: { command: 'runtime' }, ...options });
  return { settings, runtimeApi: '127.0.0.1:9001', authorizationToken };
}

describe('the variables of an extension', () => {
  it.each(hidden)('leave out %s', (name) => {
    const seen = extensionVariables(sourcesOf({ env: { [name]: 'set' } }));

    expect(seen).not.toHaveProperty(name);
  });

  it("hold the function's own", () => {
    const seen = extensionVariables(sourcesOf({ env: { TOKENVEND_TEAM: 'payments' } }));

    expect(seen).toMatchObject({ TOKENVEND_TEAM: 'payments', AWS_REGION: 'eu-west-1' });
  });

  it('hold the names of the log like the RIE, where asked to', () => {
    const seen = extensionVariables(sourcesOf({ like: 'rie' }));

    expect(seen).toHaveProperty('AWS_LAMBDA_LOG_GROUP_NAME');
    expect(seen).not.toHaveProperty('_HANDLER');
  });
});

describe('the variables of a runtime', () => {
  it('hold nothing of ours but the path', () => {
    vi.stubEnv('SOMETHING_OF_OURS', 'secret');

    const seen = runtimeVariables(sourcesOf({}));

    expect(seen).not.toHaveProperty('SOMETHING_OF_OURS');
    expect(seen.PATH).toBe(process.env.PATH);
  });

  it('name an endpoint instead of credentials where a snapshot is taken', () => {
    const seen = runtimeVariables(sourcesOf({ mode: 'snap-start' }, 'authorization'));

    expect(seen).toMatchObject({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9001/2021-04-23/credentials',
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'authorization',
    });
    expect(seen).not.toHaveProperty('AWS_SECRET_ACCESS_KEY');
  });
});
