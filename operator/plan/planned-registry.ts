import { VendError } from '../../core/errors.ts';
import type { JwtIdentity } from '../../core/identity.ts';
import { indexDocument, type RegistryIndex, sliceOf } from '../../core/registry/index-document.ts';
import { keyOfMember, keysOfIdentity } from '../../core/registry/member-keys.ts';
import type {
  Database,
  DatabaseUser,
  JwtMember,
  Member,
  RegistryDocument,
} from '../../core/registry/model.ts';
import { covers } from './covers.ts';

/** One version of the registry, prepared for being compared. Holds references, no expansion. */
export interface PlannedRegistry {
  readonly document: RegistryDocument;
  readonly index: RegistryIndex;
  /** What is granted to `team` as a whole, and to `team/member` alone. */
  readonly usersByGrantee: ReadonlyMap<string, readonly PlacedUser[]>;
}

export interface PlacedUser {
  readonly database: Database;
  readonly user: DatabaseUser;
}

/** A grantee whose grants somebody enjoys, and until when as a member of it. */
export interface Holding {
  readonly grantee: string;
  readonly notAfterMs?: number;
}

export function prepare(document: RegistryDocument): PlannedRegistry {
  const usersByGrantee = new Map<string, PlacedUser[]>();
  for (const database of document.databases) {
    for (const user of database.users) {
      for (const { team, member } of user.grants) {
        const grantee = member === undefined ? team : `${team}/${member}`;
        const placed = usersByGrantee.get(grantee);
        if (placed === undefined) usersByGrantee.set(grantee, [{ database, user }]);
        else placed.push({ database, user });
      }
    }
  }
  return { document, index: indexDocument(document), usersByGrantee };
}

/** Through which grantees everybody whom the rule admits has access: also by wider members. */
export function holdingsOf(rule: Member, registry: PlannedRegistry): readonly Holding[] {
  const memberKeys = keysOfCovering(rule);
  const { members } = sliceOf(registry.index, { memberKeys }, new Set());
  const holdings = members
    .filter((member) => covers(member, rule))
    .flatMap(({ team, name, notAfterMs }) =>
      [team, `${team}/${name}`].map((grantee) => ({
        grantee,
        ...(notAfterMs === undefined ? {} : { notAfterMs }),
      })),
    );
  return holdings.filter(({ grantee }) => registry.usersByGrantee.has(grantee));
}

/** Where members are filed that could cover the rule: under the keys of a caller whom it just admits. */
function keysOfCovering(rule: Member): readonly string[] {
  if (rule.kind === 'iam') return [keyOfMember(rule)];
  try {
    return keysOfIdentity(typicalCaller(rule));
  } catch (error) {
    if (!(error instanceof VendError)) throw error;
    // Whoever meets this many conditions is refused for having too many keys: the rule admits nobody.
    return [];
  }
}

/** A prefix is completed by one character, so that it is among the prefixes of the subject. */
function typicalCaller({ issuer, subject, claims }: JwtMember): JwtIdentity {
  const text = subject === undefined ? '' : 'exact' in subject ? subject.exact : subject.prefix;
  const exact = claims.flatMap(({ key, match }): [string, string | number | boolean][] =>
    'exact' in match ? [[key, match.exact]] : [],
  );
  return {
    kind: 'jwt',
    issuer,
    subject: subject !== undefined && 'prefix' in subject ? `${text}x` : text,
    claims: new Map(exact),
    expiresAt: new Date(0),
    evidence: { auditClaims: {} },
  };
}
