import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVendRequest } from '../../../core/vend-request.ts';

const refusal = (reason: string) => expect.objectContaining({ code: 'INVALID_REQUEST', reason });

describe('parseVendRequest', () => {
  it('fills in what may be left out', () => {
    expect(parseVendRequest('{"database":"orders"}')).toEqual({
      database: 'orders',
      inlineCa: false,
      fresh: false,
    });
  });

  it('keeps everything that may be said', () => {
    const body = {
      database: 'orders',
      user: 'orders_app',
      team: 'payments',
      inlineCa: true,
      fresh: true,
    };

    expect(parseVendRequest(JSON.stringify(body))).toEqual(body);
  });

  it.each(['jane@example.com', 'Jane-Doe_1', 'größe', "o'neill", '"quoted"', 'u'.repeat(128)])(
    'takes the database user %j as it is',
    (user) => {
      const request = parseVendRequest(JSON.stringify({ database: 'orders', user }));

      expect(request.user).toBe(user);
    },
  );

  it.each([
    'roleArn',
    'host',
    'port',
    'dbuser',
    'dbUser',
    'User',
    'externalId',
    'region',
    'account',
    'resourceId',
    'sourceIdentity',
    'durationSeconds',
    'policy',
    'caFile',
    '__proto__',
    'constructor',
    'toString',
    '',
    'user ',
    'uѕer',
  ])('A14: refuses the key %j, which counts for nothing', (key) => {
    const body = `{"database":"orders",${JSON.stringify(key)}:"x"}`;

    expect(() => parseVendRequest(body)).toThrow(refusal('body-invalid'));
  });

  it.each([
    '{"database":"orders","database":"hr"}',
    '{"database":"orders","data\\u0062ase":"hr"}',
    '{"user":"a:b","database":"orders","user":"c"}',
    '{"database":"orders","fresh":false,"fresh":true}',
  ])('A14: refuses a key said twice, which two readers may understand in two ways: %s', (body) => {
    expect(() => parseVendRequest(body)).toThrow(refusal('body-invalid'));
  });

  it('takes colons, quotes and backslashes in a value for what they are', () => {
    const user = 'a:"b":\\c';

    const request = parseVendRequest(JSON.stringify({ user, database: 'orders' }));

    expect(request.user).toBe(user);
  });

  it.each([
    ['no database', { user: 'orders_app' }],
    ['a database by number', { database: 7 }],
    ['several databases', { database: ['orders', 'hr'] }],
    ['a database within an object', { database: { name: 'orders' } }],
    ['an empty name', { database: '' }],
    ['an upper-case name', { database: 'Orders' }],
    ['a name with a path', { database: '../orders' }],
    ['a name with a newline', { database: 'orders\n' }],
    ['a Cyrillic letter', { database: 'оrders' }],
    ['a name that is too long', { database: 'a'.repeat(64) }],
    ['a null team', { database: 'orders', team: null }],
    ['a truthy text for a flag', { database: 'orders', fresh: 'true' }],
    ['a number for a flag', { database: 'orders', inlineCa: 1 }],
    ['a user by number', { database: 'orders', user: 7 }],
    ['several users', { database: 'orders', user: ['orders_app'] }],
    ['a user that is too long', { database: 'orders', user: 'u'.repeat(129) }],
  ])('A14: refuses %s', (_, body) => {
    expect(() => parseVendRequest(JSON.stringify(body))).toThrow(refusal('body-invalid'));
  });

  it.each(['*', 'a?', '\u0024{aws:username}', 'a/b', 'a b', 'a\u0000', 'a\u200a', 'a\n', ''])(
    'A16: refuses the database user %j',
    (user) => {
      const body = JSON.stringify({ database: 'orders', user });

      expect(() => parseVendRequest(body)).toThrow(refusal('body-invalid'));
    },
  );

  it.each(['[]', '[{"database":"orders"}]', 'null', '"orders"', '7', 'true'])(
    'A14: refuses %s, which is no object',
    (body) => {
      expect(() => parseVendRequest(body)).toThrow(refusal('body-invalid'));
    },
  );

  it.each([null, '', 'orders', '{', '{"database":"orders"}x', "{'database':'orders'}"])(
    'refuses %j, which is no JSON',
    (body) => {
      expect(() => parseVendRequest(body)).toThrow(refusal('body-unreadable'));
    },
  );

  it('A14: refuses more than 4 KiB, counted in bytes and before it is read', () => {
    const padded = (bytes: number) => `{"database":"orders"}${' '.repeat(bytes - 21)}`;

    expect(parseVendRequest(padded(4096)).database).toBe('orders');
    expect(() => parseVendRequest(padded(4097))).toThrow(refusal('body-too-large'));
    expect(() => parseVendRequest('é'.repeat(2049))).toThrow(refusal('body-too-large'));
  });

  it('says nothing of the body in its error', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        try {
          parseVendRequest(body);
        } catch (error) {
          expect(error).toMatchObject({ name: 'VendError', code: 'INVALID_REQUEST' });
          expect(error).not.toHaveProperty('cause');
        }
      }),
    );
  });
});
