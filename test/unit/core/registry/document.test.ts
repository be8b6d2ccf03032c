import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VendError } from '../../../../core/errors.ts';
import { parseDocument } from '../../../../core/registry/document.ts';
import { aCompiledRegistry, withMember } from '../../../builders/registry-files.ts';

const document = aCompiledRegistry({
  ...withMember({ issuer: 'cluster', subject: 'a:*', notAfter: '2027-01-31T00:00:00Z' }),
  databases: {
    orders: { users: { orders_app: { vendFromCidrs: ['203.0.113.0/24'] } } },
  },
});
const text = JSON.stringify(document);

function refusal(input: string): unknown {
  try {
    return parseDocument(input);
  } catch (error) {
    return error;
  }
}

const unavailable = { code: 'UPSTREAM_UNAVAILABLE', reason: 'registry-unavailable' };

/** The document with the value at a path replaced, or the key removed. */
function changed(path: readonly (string | number)[], value?: unknown): string {
  const copy = structuredClone(document);
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => Object(at)[step], copy);
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(Object(parent), last);
  else Reflect.set(Object(parent), last, value);
  return JSON.stringify(copy);
}

describe('a compiled registry read from JSON', () => {
  it('is what was compiled', () => {
    expect(parseDocument(text)).toEqual(document);
  });

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a foreign file', '{"name":"tokenvend"}'],
    ['a registry that is not compiled', '{"version":1,"issuers":{},"teams":{},"databases":{}}'],
    ['no version', changed(['version'])],
    ['no members', changed(['members'])],
    ['an unknown key', changed(['extra'], 1)],
    ['an unknown key deep inside', changed(['databases', 0, 'users', 0, 'teams'], [])],
    ['A9: a key __proto__', text.replace('{', '{"__proto__":{},')],
    ['A4: another algorithm', changed(['issuers', 0, 'algorithms'], ['none'])],
    ['A5: no audience', changed(['issuers', 0, 'audiences'], [])],
    ['no keys', changed(['issuers', 0, 'keys'], { kind: 'remote' })],
    [
      'a private key',
      changed(['issuers', 0, 'keys'], { kind: 'inline', jwks: { keys: [{ kty: 'EC', d: 'a' }] } }),
    ],
    ['a condition lost', changed(['members', 0, 'subject'], {})],
    ['A10: an empty condition', changed(['members', 0, 'subject'], { exact: '' })],
    ['A1: a prefix that cuts a segment', changed(['members', 0, 'subject'], { prefix: 'a' })],
    ['a member that nothing leads to', changed(['members', 0, 'subject'])],
    ['A16: a user that is every user', changed(['databases', 0, 'users', 0, 'name'], '*')],
    ['A16: a resource id that is every one', changed(['databases', 0, 'resourceIds'], ['db-*'])],
    ['no resource id', changed(['databases', 0, 'resourceIds'], [])],
    [
      'a role of another name',
      changed(
        ['databases', 0, 'users', 0, 'grants', 0, 'roleArn'],
        'arn:aws:iam::111122223333:role/admin',
      ),
    ],
    ['a network lost', changed(['databases', 0, 'users', 0, 'vendFromCidrs'], [''])],
    ['a port as text', changed(['databases', 0, 'port'], '5432')],
    ['a date as text', changed(['members', 0, 'notAfterMs'], '2027-01-31')],
  ])('is refused for %s', (_, input) => {
    expect(refusal(input)).toMatchObject(unavailable);
  });

  it('is refused wherever it is cut off', () => {
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), (length) => {
        expect(refusal(text.slice(0, length))).toBeInstanceOf(VendError);
      }),
    );
  });

  it('is refused without a word of its content', () => {
    const error = refusal('{"version":"secret-version"');

    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret');
  });
});
