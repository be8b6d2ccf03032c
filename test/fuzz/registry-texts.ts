import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { anyCharacter } from '../builders/any-character.ts';
import { aRegistryFile } from '../builders/registry-files.ts';
import { editedText, editedTree } from './edits.ts';

/** A registry without a fault that says something of every kind. */
export const richRegistry: string = aRegistryFile({
  issuers: {
    workforce: {
      url: 'https://login.example.com/tenant',
      audiences: ['https://tokens.example.com'],
      algorithms: ['ES256'],
      jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: '1' }] },
      auditClaims: ['jti'],
      maxTokenLifetimeSeconds: 3600,
    },
  },
  teams: {
    payments: {
      members: {
        ann: { issuer: 'workforce', subject: 'ann@example.com', notAfter: '2027-06-30T00:00:00Z' },
        pods: { issuer: 'cluster', subject: 'system:serviceaccount:batch:*' },
        admins: { issuer: 'workforce', claims: { '/realm/roles': 'dba', level: 3, mfa: true } },
      },
    },
    reports: {
      roles: ['arn:aws:iam::111122223333:role/tokenvend-reports'],
      members: { bob: { iamUser: 'arn:aws:iam::444455556666:user/people/bob' } },
    },
  },
  databases: {
    orders: {
      users: {
        orders_report: { teams: ['reports', 'payments'], vendFromCidrs: ['203.0.113.0/24'] },
        ann: { members: ['payments/ann'], notAfter: '2027-01-31T00:00:00Z' },
      },
    },
    ledger: {
      engine: 'mysql',
      host: 'ledger.proxy-c9akciq32abc.us-east-1.rds.amazonaws.com',
      port: 3306,
      region: 'us-east-1',
      account: '111122223333',
      resourceId: 'prx-0123456789abcdef0',
      users: { ledger_app: { teams: ['payments'] } },
    },
  },
}).text;

/** Values that turn up where another one was meant. */
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>('', '*', 'a*', 'a/*', ':*', 'a?', '\u0000', '\ufeff', 'é', '1', 'none'),
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 2 ** 53, [], {}, [[]], [null], ['HS256']),
  fc.constantFrom('payments', 'reports', 'payments/ann', 'cluster', 'orders_app', '0.0.0.0/0'),
  fc.constantFrom('arn:aws:iam::111122223333:root', 'arn:aws:iam::999988887777:role/tokenvend-x'),
  fc.constantFrom('https://issuer.example.com', 'http://127.0.0.1', 'https://a@b.example.com'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'line\nfeed', `\${aws:username}`),
  fc.string({ unit: 'grapheme' }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** What means something to a YAML parser. */
const signs = fc.constantFrom(
  ...['\n', '\n  ', '\n    ', ' ', '  ', '\t', ': ', ':', '- ', '-', '? ', ', ', '# '],
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '|',
    '>',
    '|+\n',
    '&a ',
    '*a',
    '<<: ',
    '!!js ',
    '!!int ',
    '!x ',
  ],
  ...['%YAML 1.1\n', '---\n', '...\n', '\r', '\u0000', '\u2028', '\ufeff', '\ud800', '~', 'null'],
  ...[
    'version: 1\n',
    'version: 2\n',
    'teams:',
    'issuers:',
    'databases:',
    '__proto__: ',
    '0777',
    'yes',
  ],
);

const signsInARow = fc.array(signs, { maxLength: 60 }).map((all) => all.join(''));
const deep = fc
  .tuple(fc.constantFrom('[', '{a: ', '- ', '? ', 'a:\n ', '"', '!a ', '&a ', '{'), fc.nat(4_000))
  .map(([sign, times]) => sign.repeat(times));

/** Anything that somebody could hand over as a registry, from noise to one slip in a sound one. */
export const registryTexts: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter }) },
  { weight: 1, arbitrary: deep },
  { weight: 2, arbitrary: signsInARow },
  { weight: 1, arbitrary: fc.jsonValue().map((value) => stringify(value)) },
  { weight: 3, arbitrary: editedText(fc.constant(richRegistry), signs) },
);

/** Where an entry ends is for indentation, comments, quotes and explicit keys to say. */
const entrySigns = fc.constantFrom(
  ...['\n', '\n  ', '\n    ', '# c\n', '\n # c\n', ': ', ':', '? ', '- ', '\t', '\r\n', ' '],
  ...['a: 1\n', '  b: 2\n', '  b:\n', '    c: 3\n', 'x:\n  p: 1\n  q: 2\n  r: 3\n  s: 4\n'],
  ...['|\n', '"', "'", '{', '}', '&a ', '*a', '!x ', '---\n', '...\n'],
);

/** Sections of several entries, and what could be taken for their end or their beginning. */
export const sectionTexts: fc.Arbitrary<string> = editedText(
  fc
    .array(entrySigns, { maxLength: 40 })
    .map((all) => `version: 1\nteams:\n  a: {}\n  b: { c: d }\n  e: {}\n${all.join('')}`),
  entrySigns,
);

/** Sound YAML of a registry that says something else than its author meant. */
export const editedRegistries: fc.Arbitrary<string> = editedTree(parse(richRegistry), values).map(
  (tree) => stringify(tree),
);

/** JSON texts a few changes away from `document`. */
export const editedDocuments = (document: unknown): fc.Arbitrary<string> =>
  fc.oneof(
    editedTree(document, values).map((tree) => JSON.stringify(tree) ?? ''),
    editedText(fc.constant(JSON.stringify(document)), fc.constantFrom(...'{}[],:"\\0eE-nt')),
  );
