import { readPrincipalArn } from '../arn.ts';
import { type PlacedUser, type RegistryDraft, usersOf } from '../draft.ts';
import { error, type Finding, type Path } from '../problem.ts';

/** A grant names a team, or one member of it, that has a role in the database's account. */
export function checkGrants(draft: RegistryDraft): Finding[] {
  return usersOf(draft).flatMap((placed) => {
    const { path, user } = placed;
    if (user.teams === undefined && user.members === undefined) {
      return [error(path, 'Nobody is granted this user; add teams or members.')];
    }
    const teams = (user.teams ?? []).flatMap((team, index) =>
      teamFindings([...path, 'teams', index], team, placed, draft),
    );
    const members = (user.members ?? []).flatMap((reference, index) =>
      memberFindings([...path, 'members', index], reference, placed, draft),
    );
    return [...teams, ...members];
  });
}

function memberFindings(
  path: Path,
  reference: string,
  placed: PlacedUser,
  draft: RegistryDraft,
): Finding[] {
  const [team = '', name = ''] = reference.split('/');
  const known = draft.teams.get(team);
  const isWhole = known !== undefined && !draft.unreadable.has(`teams/${team}`);
  return isWhole && !known.members.has(name)
    ? [error(path, `Team ${team} has no member of this name; define it there.`)]
    : teamFindings(path, team, placed, draft);
}

function teamFindings(
  path: Path,
  name: string,
  { database }: PlacedUser,
  draft: RegistryDraft,
): Finding[] {
  if (draft.unreadable.has(`teams/${name}`)) return [];
  const team = draft.teams.get(name);
  if (team === undefined) {
    return [error(path, 'There is no team of this name; define it under teams.')];
  }
  const hasRole = (team.roles ?? []).some(
    (role) => readPrincipalArn(role)?.account === database.account,
  );
  return hasRole
    ? []
    : [error(path, `Team ${name} has no role in account ${database.account}; add one to it.`)];
}
