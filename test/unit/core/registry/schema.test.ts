import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import {
  databaseSchema,
  issuerSchema,
  memberSchema,
  registrySchema,
  teamSchema,
  userSchema,
} from '../../../../core/registry/schema.ts';
import { aRegistryValue } from '../../../builders/registry-files.ts';

const issuer = { url: 'https://issuer.example.com', audiences: ['https://tokens.example.com'] };
const database = {
  engine: 'postgres',
  host: 'orders.example.com',
  port: 5432,
  region: 'eu-west-1',
  account: '111122223333',
  resourceId: 'db-A',
  users: {},
};
const letters = (count: number) => 'a'.repeat(count);
const texts = (count: number) => Array.from({ length: count }, () => 'a');
const keys = (count: number) => Array.from({ length: count }, () => ({ kty: 'EC' }));

type EntryOf = (count: number) => unknown;

describe('the schema of the registry', () => {
  it.each<readonly [what: string, z.ZodType, EntryOf, least: number, most: number]>([
    ['letters of a URL', issuerSchema, (n) => ({ ...issuer, url: letters(n) }), 1, 1024],
    ['letters of a subject', memberSchema, (n) => ({ subject: letters(n) }), 1, 1024],
    ['letters of a claim', memberSchema, (n) => ({ claims: { a: letters(n) } }), 1, 1024],
    ['letters of its key', memberSchema, (n) => ({ claims: { [letters(n)]: 'a' } }), 1, 1024],
    ['letters of a name', registrySchema, (n) => named(letters(n)), 1, 63],
    ['letters of a member', userSchema, (n) => ({ members: [`a/${letters(n)}`] }), 1, 63],
    ['letters of its team', userSchema, (n) => ({ members: [`${letters(n)}/a`] }), 1, 63],
    ['letters of a host', databaseSchema, (n) => ({ ...database, host: letters(n) }), 1, 253],
    ['letters of a dbname', databaseSchema, (n) => ({ ...database, dbname: letters(n) }), 1, 63],
    ['letters of a user', databaseSchema, (n) => withUsers(letters(n)), 1, 80],
    ['digits of an account', databaseSchema, (n) => withAccount('1'.repeat(n)), 12, 12],
    ['audiences', issuerSchema, (n) => ({ ...issuer, audiences: texts(n) }), 1, 20],
    ['keys', issuerSchema, (n) => ({ ...issuer, jwks: { keys: keys(n) } }), 1, 50],
    ['pins', issuerSchema, (n) => ({ ...issuer, pin: texts(n) }), 1, 20],
    ['audited claims', issuerSchema, (n) => ({ ...issuer, auditClaims: texts(n) }), 0, 20],
    ['seconds of life', issuerSchema, (n) => withLifetime(n), 60, 604_800],
    ['roles', teamSchema, (n) => ({ roles: texts(n) }), 0, 500],
    ['teams of a user', userSchema, (n) => ({ teams: texts(n) }), 1, 500],
    ['members of a user', userSchema, (n) => ({ members: texts(n).map(() => 'a/b') }), 1, 500],
    ['networks of a user', userSchema, (n) => ({ vendFromCidrs: texts(n) }), 1, 100],
    ['resource ids', databaseSchema, (n) => ({ ...database, resourceId: texts(n) }), 1, 4],
  ])('takes a number of %s within its bounds', (_, schema, entryOf, least, most) => {
    const takes = (count: number) => schema.safeParse(entryOf(count)).success;

    expect([least, most].map(takes)).toEqual([true, true]);
    expect([least - 1, most + 1].filter((count) => count >= 0).map(takes)).not.toContain(true);
  });

  it.each(['postgres', 'mysql', 'mariadb'])('knows the engine %s', (engine) => {
    expect(databaseSchema.safeParse({ ...database, engine }).success).toBe(true);
  });

  it.each([
    'Orders',
    '-orders',
    'orders_app',
    'or.ders',
    'orders ',
    '\norders',
    'orders\n',
    'örders',
  ])('takes no name like %j', (name) => {
    expect(registrySchema.safeParse(named(name)).success).toBe(false);
  });

  it.each(['a', 'a/', '/a', 'a/b/c', '-a/b', 'a/-b', 'A/b', 'a/B', ' a/b', 'a/b '])(
    'takes no member called %j',
    (member) => {
      expect(userSchema.safeParse({ members: [member] }).success).toBe(false);
    },
  );

  it.each(['x111122223333', '111122223333x', '11112222333a'])('takes no account %s', (account) => {
    expect(databaseSchema.safeParse(withAccount(account)).success).toBe(false);
  });

  it.each([
    ['2027-06-30T00:00:00Z', true],
    ['2027-06-30T02:00:00+02:00', true],
    ['2027-06-30T00:00:00', false],
    ['2027-06-31T00:00:00Z', false],
    ['2027-06-30', false],
  ])('asked whether %s is an instant, says %j', (notAfter, isInstant) => {
    expect(userSchema.safeParse({ notAfter }).success).toBe(isInstant);
    expect(memberSchema.safeParse({ notAfter }).success).toBe(isInstant);
  });

  it.each([
    ['an account', databaseSchema, withAccount(111122223333), 'in quotes'],
    ['a resource id', databaseSchema, { ...database, resourceId: 5 }, 'or a list of up to 4'],
    ['a claim', memberSchema, { claims: { a: ['b'] } }, 'a member each'],
    ['an instant', userSchema, { notAfter: 'soon' }, 'with its offset'],
    ['a name', registrySchema, named('a_b'), 'letters, digits and hyphens'],
    ['a member', userSchema, { members: ['a'] }, 'as team/member'],
  ])('says of %s how it is written', (_, schema, value, words) => {
    const messages = schema.safeParse(value).error?.issues.flatMap(sentencesOf);

    expect(messages).toEqual([expect.stringContaining(words)]);
  });

  it('keeps the members of a key that it does not know: its kind has them', () => {
    const jwks = { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: '1', alg: 'ES256' }] };

    expect(issuerSchema.parse({ ...issuer, jwks })).toMatchObject({ jwks });
  });

  it('holds nothing that is not in the file', () => {
    expect(registrySchema.parse(aRegistryValue())).toStrictEqual(aRegistryValue());
  });
});

/** A key's own issues stand within the issue of its map. */
const sentencesOf = (issue: z.core.$ZodIssue): string[] =>
  issue.code === 'invalid_key' ? issue.issues.map(({ message }) => message) : [issue.message];

const named = (name: string) => ({ version: 1, teams: { [name]: {} } });
const withUsers = (name: string) => ({ ...database, users: { [name]: {} } });
const withAccount = (account: string | number) => ({ ...database, account });
const withLifetime = (seconds: number) => ({ ...issuer, maxTokenLifetimeSeconds: seconds });
