import * as z from 'zod';
import { namePart, namePattern } from '../name.ts';
import { signatureAlgorithms } from './algorithms.ts';

/**
 * The shape of the registry's files: types, bounds, and no key that is not listed. What a shape
 * cannot say is in `check/`. `registry.schema.json` is generated from this file.
 */

/** Longest URL, ARN or condition. Ours: far beyond what issuers send, short enough for an item's key. */
const maxTextLength = 1024;

/** RDS accepts no other ports (RDS User Guide, "Settings for DB instances"). */
export const lowestPort = 1150;
export const highestPort = 65_535;

const text = z.string().min(1).max(maxTextLength);
const name = z
  .string()
  .regex(
    namePattern,
    'A name has 1 to 63 lower-case letters, digits and hyphens, and does not start with a hyphen.',
  );
const memberReference = z
  .string()
  .regex(
    new RegExp(`^${namePart}/${namePart}$`),
    'Name a member as team/member, such as payments/deployment.',
  );
const instant = z.iso.datetime({
  offset: true,
  error: 'Write an existing date and time with its offset, such as 2027-06-30T00:00:00Z.',
});

const jwk = z.looseObject({
  kty: text.describe('RSA, EC or OKP'),
  kid: text.exactOptional(),
  alg: text.exactOptional(),
});

export const issuerSchema = z.strictObject({
  url: text.describe('Compared with the claim iss byte by byte'),
  audiences: z.array(text).min(1).max(20).describe('The URL of this deployment, not a bare word'),
  algorithms: z.array(z.enum(signatureAlgorithms)).min(1).optional().describe('Default: [RS256]'),
  jwks: z
    .strictObject({ keys: z.array(jwk).min(1).max(50) })
    .optional()
    .describe('Public keys of an issuer whose keys cannot be fetched'),
  jwksUri: text.optional().describe('Where the keys are; found at publish time if left out'),
  maxTokenLifetimeSeconds: z
    .int()
    .min(60)
    .max(604_800)
    .optional()
    .describe('Longest accepted exp - iat; default 86400'),
  pin: z
    .array(text)
    .min(1)
    .max(20)
    .optional()
    .describe('Every member must fix one of these claims exactly; sub stands for the subject'),
  auditClaims: z.array(text).max(20).optional().describe('Claims copied to the audit record'),
});

export const memberSchema = z.strictObject({
  issuer: name.optional(),
  subject: text.optional().describe('Exact, or a prefix that ends in :* or /*'),
  claims: z
    .record(
      text,
      z.union([text, z.number(), z.boolean()], {
        error:
          'A claim must be one text, number or true/false; for several values, write a member each.',
      }),
    )
    .optional(),
  iamRole: text.optional().describe('ARN of an IAM role'),
  iamRoleId: text.optional().describe('AROA…: the role itself, not a later one of the same name'),
  iamUser: text.optional().describe('ARN of an IAM user'),
  iamUserId: text.optional().describe('AIDA…: the user itself, not a later one of the same name'),
  notAfter: instant.optional(),
});

export const teamSchema = z.strictObject({
  owner: text.optional().describe('Whom to ask'),
  roles: z.array(text).max(500).optional().describe('tokenvend-* roles, at most one per account'),
  externalId: z.string().optional(),
  members: z.record(name, memberSchema).optional(),
});

export const userSchema = z.strictObject({
  teams: z.array(name).min(1).max(500).optional(),
  members: z.array(memberReference).min(1).max(500).optional(),
  vendFromCidrs: z.array(text).min(1).max(100).optional(),
  notAfter: instant.optional(),
});

export const databaseSchema = z.strictObject({
  engine: z.enum(['postgres', 'mysql', 'mariadb']),
  host: text
    .max(253)
    .describe('The RDS, Aurora or RDS Proxy endpoint: signed for, and connected to'),
  port: z.int().meta({ minimum: lowestPort, maximum: highestPort }),
  region: text,
  account: z
    .string({ error: 'Put the account id in quotes: YAML would read it as a number.' })
    .regex(/^\d{12}$/, 'An account id has 12 digits.'),
  resourceId: z
    .union([text, z.array(text).min(1).max(4)], {
      error: 'Write one resource id, or a list of up to 4 during a switch-over.',
    })
    .describe('db-…, cluster-… or prx-…'),
  dbname: text.max(63).optional(),
  users: z.record(text.max(80), userSchema),
});

export const registrySchema = z
  .strictObject({
    version: z.literal(1),
    issuers: z.record(name, issuerSchema).optional(),
    teams: z.record(name, teamSchema).optional(),
    databases: z.record(name, databaseSchema).optional(),
  })
  .meta({ title: 'tokenvend registry' });

export type IssuerEntry = z.infer<typeof issuerSchema>;
export type TeamEntry = z.infer<typeof teamSchema>;
export type MemberEntry = z.infer<typeof memberSchema>;
export type DatabaseEntry = z.infer<typeof databaseSchema>;
export type UserEntry = z.infer<typeof userSchema>;
export type RegistryEntries = z.infer<typeof registrySchema>;
