import { VendError } from '../../core/errors.ts';
import { iamIdentityOf } from '../../core/iam-identity.ts';
import { type Identity, isExpired } from '../../core/identity.ts';
import { identityFromClaims } from '../../core/identity-from-claims.ts';
import { issuerOf, type RegistryIndex } from '../../core/registry/index-document.ts';
import type { Suspensions } from '../../core/registry/store.ts';

/** Who would be asking, in an operator's words: the claims of a JWT, or an AWS principal. */
export type ClaimedCaller =
  | {
      readonly kind: 'jwt';
      /** The issuer's URL. */
      readonly issuer: string;
      readonly claims: Readonly<Record<string, unknown>>;
      /** From an audit record, which does not have all of them. */
      readonly isRecorded?: true;
    }
  | {
      readonly kind: 'iam';
      /** Of a role, a user, or a session of a role (`arn:…:sts::…:assumed-role/…/…`). */
      readonly arn: string;
      /** `AROA…` or `AIDA…`. Without it no member matches that pins one. */
      readonly uniqueId?: string;
    };

/**
 * What the authorizer, or API Gateway's SigV4 check, would make of the caller if its proof were good.
 *
 * @throws VendError `UNAUTHENTICATED`, with the reason that the audit record would hold.
 */
export function identify(
  caller: ClaimedCaller,
  index: RegistryIndex,
  { suspensions, now }: { readonly suspensions: Suspensions; readonly now: Date },
): Identity {
  if (caller.kind === 'iam') return iamIdentityOf(signedBy(caller));
  const found = issuerOf(index, caller.issuer, suspensions);
  if (!found.found) throw new VendError('UNAUTHENTICATED', found.reason);
  const exp = Math.floor(now.getTime() / 1000) + defaultLifetimeSeconds;
  const identity = identityFromClaims({ exp, ...caller.claims }, found.issuer);
  // As if no team were theirs, `authorize` would say; whoever explains captured claims would look for one.
  if (isExpired(identity, now)) throw new VendError('UNAUTHENTICATED', 'jwt-expired');
  return identity;
}

/** For how long a JWT counts whose claims do not say it. */
const defaultLifetimeSeconds = 3600;

/** Ids have 16 to 128 characters (IAM User Guide, "Unique identifiers"); this one is nobody's, and is not shown. */
const nobodysId = 'NOTGIVENNOTGIVEN';

/** The fields that API Gateway would fill in. An ARN that is none of a principal's gives an unusable one. */
function signedBy({ arn, uniqueId }: Extract<ClaimedCaller, { kind: 'iam' }>) {
  const session = /^(arn:[a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\/([^/]+)$/.exec(arn);
  const role = /^(arn:[a-z-]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn);
  const [, partition, accountId, name, sessionName = 'session'] = session ?? role ?? [];
  if (accountId === undefined) {
    const account = /^arn:[a-z-]+:iam::(\d{12}):/.exec(arn)?.[1] ?? '';
    return { accountId: account, userArn: arn, caller: uniqueId ?? `AIDA${nobodysId}` };
  }
  return {
    accountId,
    userArn: `${partition}:sts::${accountId}:assumed-role/${name}/${sessionName}`,
    caller: `${uniqueId ?? `AROA${nobodysId}`}:${sessionName}`,
  };
}
