import type { IamIdentity, JwtIdentity } from '../../core/identity.ts';
import type { ClaimValue } from '../../core/registry/model.ts';
import { secondsAfter } from './clock.ts';

/** The issuer that the callers and members of these builders share. */
export const issuerUrl = 'https://issuer.example.com';

/** A caller with a verified JWT: the API pods of the payments team, for another hour. */
export function aCaller(
  parts: Partial<Omit<JwtIdentity, 'kind' | 'claims'>> & {
    readonly claims?: Readonly<Record<string, ClaimValue>>;
  } = {},
): JwtIdentity {
  const { claims = {}, ...rest } = parts;
  return {
    kind: 'jwt',
    issuer: issuerUrl,
    subject: 'system:serviceaccount:payments:api',
    expiresAt: secondsAfter(3600),
    evidence: { auditClaims: {} },
    ...rest,
    claims: new Map(Object.entries(claims)),
  };
}

/** A caller who signed with the credentials of an assumed role. */
export function anIamCaller(parts: Partial<Omit<IamIdentity, 'kind'>> = {}): IamIdentity {
  return {
    kind: 'iam',
    account: '111122223333',
    principal: 'role',
    principalName: 'payments-nightly',
    uniqueId: 'AROAEXAMPLEEXAMPLE12',
    sessionName: 'run-1',
    ...parts,
  };
}
