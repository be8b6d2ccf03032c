import { describe, expect, it } from 'vitest';
import { withFreshToken } from '../../../../clients/node/with-fresh-token.ts';
import { aDatabaseToken, aSource } from './a-source.ts';

const target = { database: 'orders', user: 'orders_app', team: undefined };
const refusal = Object.assign(new Error('PAM authentication failed'), { code: '28000' });

/** Fails as often as there are errors, then connects; remembers the tokens it was given. */
function aLogin(...errors: readonly Error[]) {
  const tokens: string[] = [];
  const connect = async ({ token }: { readonly token: string }): Promise<string> => {
    const error = errors[tokens.length];
    tokens.push(token);
    if (error !== undefined) throw error;
    return 'connected';
  };
  return { connect, tokens };
}

describe('a login with a fresh token', () => {
  it('is tried once more after a refusal, with a token that is new', async () => {
    const [old, fresh] = [aDatabaseToken(0), aDatabaseToken(1)];
    const source = aSource(old, fresh);
    const login = aLogin(refusal);

    await expect(withFreshToken(source, target, login.connect)).resolves.toBe('connected');

    expect(login.tokens).toEqual([old.token, fresh.token]);
    expect(source.asked).toEqual([target, { ...target, fresh: true }]);
  });

  it('asks for nothing new where the first try succeeds', async () => {
    const source = aSource();

    await withFreshToken(source, target, aLogin().connect);

    expect(source.asked).toEqual([target]);
  });

  it('is not tried a third time', async () => {
    const second = Object.assign(new Error('again'), { code: '28000' });
    const login = aLogin(refusal, second, refusal);

    await expect(withFreshToken(aSource(), target, login.connect)).rejects.toBe(second);

    expect(login.tokens).toHaveLength(2);
  });

  it('is not tried again after an error that a new token would not mend', async () => {
    const error = Object.assign(new Error('too many connections'), { code: '53300' });
    const login = aLogin(error);

    await expect(withFreshToken(aSource(), target, login.connect)).rejects.toBe(error);

    expect(login.tokens).toHaveLength(1);
  });
});
