import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pgpass } from '../../../../core/connection/pgpass.ts';
import { aTarget, aTargetWithoutDbname, hostileLine, sampleToken, tokens } from './builders.ts';
import { passwordFrom } from './libpq-passfile.ts';

const via = { host: '127.0.0.1', port: 15432 };
const { host } = aTarget();
const ours = { host, port: '5432', dbname: 'orders', user: 'orders_app' };

describe('pgpass', () => {
  it('gives libpq the token for exactly this login', () => {
    const file = pgpass(aTarget());

    expect(file.split('\n')).toHaveLength(2);
    expect(passwordFrom(file, ours)).toBe(sampleToken);
    expect(passwordFrom(file, { ...ours, user: 'orders_admin' })).toBeUndefined();
    expect(passwordFrom(file, { ...ours, dbname: 'ledger' })).toBeUndefined();
    expect(passwordFrom(file, { ...ours, host: 'evil.example.com' })).toBeUndefined();
  });

  it('fits every database where the registry names none', () => {
    const file = pgpass(aTargetWithoutDbname());

    expect(passwordFrom(file, { ...ours, dbname: 'ledger' })).toBe(sampleToken);
  });

  it('is looked up by the name verified and the port dialled through a tunnel', () => {
    const file = pgpass(aTarget({ via }));

    expect(passwordFrom(file, { ...ours, port: '15432' })).toBe(sampleToken);
    expect(passwordFrom(file, ours)).toBeUndefined();
  });

  it('A30: libpq cuts a token at a colon, so colons and backslashes are escaped', () => {
    fc.assert(
      fc.property(fc.oneof(tokens, hostileLine), (token) => {
        fc.pre(!token.includes('\0'));

        expect(passwordFrom(pgpass(aTarget({ token })), ours)).toBe(token);
      }),
    );
  });

  it('finds the token under every hostile name, and under that name only', () => {
    fc.assert(
      fc.property(hostileLine, hostileLine, (user, dbname) => {
        fc.pre(!`${user}${dbname}`.includes('\0'));
        const file = pgpass(aTarget({ user, dbname }));

        expect(passwordFrom(file, { ...ours, user, dbname })).toBe(sampleToken);
        expect(passwordFrom(file, { ...ours, user: `${user}x`, dbname })).toBeUndefined();
        expect(passwordFrom(file, { ...ours, user, dbname: `x${dbname}` })).toBeUndefined();
      }),
    );
  });

  it.each(['host', 'dbname', 'user'] as const)(
    'wildcard: a %s of * does not match every other one',
    (field) => {
      const file = pgpass(aTarget({ [field]: '*' }));

      expect(passwordFrom(file, ours)).toBeUndefined();
      expect(passwordFrom(file, { ...ours, [field]: '*' })).toBe(sampleToken);
    },
  );

  it('takes a star and a hash within a field for what they are', () => {
    expect(pgpass(aTarget({ dbname: 'a*b#c', user: 'd' }))).toContain(':a*b#c:d:');
  });

  it('is not a comment where a host starts like one', () => {
    expect(passwordFrom(pgpass(aTarget({ host: '#x' })), { ...ours, host: '#x' })).toBe(
      sampleToken,
    );
  });

  it.each(['a\nb', 'a\r', 'a\0b'])('line injection: refuses the user %j', (user) => {
    expect(() => pgpass(aTarget({ user }))).toThrow(
      expect.objectContaining({ code: 'VALUE_NOT_EXPRESSIBLE', field: 'user' }),
    );
  });
});
