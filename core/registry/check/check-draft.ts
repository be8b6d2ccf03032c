import type { RegistryDraft } from '../draft.ts';
import type { Finding } from '../problem.ts';
import { checkAccounts } from './accounts.ts';
import { checkConditions } from './conditions.ts';
import { checkDatabaseUsers } from './database-users.ts';
import { checkDbnames } from './dbnames.ts';
import { checkEndpoints } from './endpoints.ts';
import { checkGitHub } from './github.ts';
import { checkGrants } from './grants.ts';
import { checkIssuerKeys } from './issuer-keys.ts';
import { checkIssuers } from './issuers.ts';
import { checkMemberKinds } from './member-kinds.ts';
import { checkPins } from './pins.ts';
import { checkPrincipals } from './principals.ts';
import { checkResourceIds } from './resource-ids.ts';
import { checkRoles } from './roles.ts';

/** Runs every rule; what it reports is everything that is wrong, not the first thing. */
export function checkDraft(draft: RegistryDraft): Finding[] {
  return rules.flatMap((rule) => rule(draft));
}

const rules: readonly ((draft: RegistryDraft) => Finding[])[] = [
  checkIssuers,
  checkIssuerKeys,
  checkMemberKinds,
  checkConditions,
  checkPins,
  checkGitHub,
  checkPrincipals,
  checkRoles,
  checkAccounts,
  checkEndpoints,
  checkResourceIds,
  checkDbnames,
  checkDatabaseUsers,
  checkGrants,
];
