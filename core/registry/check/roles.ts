import { readPrincipalArn } from '../arn.ts';
import type { DraftTeam, RegistryDraft } from '../draft.ts';
import { error, type Finding } from '../problem.ts';

/** A team has at most one role in an account, of a name that the tokens function may assume. */
export function checkRoles(draft: RegistryDraft): Finding[] {
  return [...draft.teams].flatMap(([name, team]) => [
    ...roleFindings(name, team),
    ...externalIdFindings(name, team),
  ]);
}

function roleFindings(name: string, { roles }: DraftTeam): Finding[] {
  const accounts = new Set<string>();
  return (roles ?? []).flatMap((text, index) => {
    const path = ['teams', name, 'roles', index];
    const role = readPrincipalArn(text);
    if (role?.kind !== 'role' || role.path !== '/' || !/^tokenvend-./.test(role.name)) {
      return [
        error(path, 'Give a role as arn:aws:iam::111122223333:role/tokenvend-…, without a path.'),
      ];
    }
    if (accounts.has(role.account)) {
      return [error(path, 'The team has a role in this account already; keep one of them.')];
    }
    accounts.add(role.account);
    return [];
  });
}

function externalIdFindings(name: string, { externalId }: DraftTeam): Finding[] {
  // STS AssumeRole: ExternalId is 2 to 1224 of these characters.
  return externalId === undefined || /^[\w+=,.@:/-]{2,1224}$/.test(externalId)
    ? []
    : [
        error(
          ['teams', name, 'externalId'],
          'An external id has 2 to 1224 letters, digits and characters of _+=,.@:/-.',
        ),
      ];
}
