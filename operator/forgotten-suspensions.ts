import type { RegistryDocument } from '../core/registry/model.ts';

/**
 * The suspended entries that a version has nothing under the name of. Suspensions go by name: whoever was
 * renamed is suspended no longer.
 */
export function forgottenSuspensions(
  document: RegistryDocument,
  suspended: readonly string[],
): readonly string[] {
  if (suspended.length === 0) return [];
  const known = entriesOf(document);
  return suspended.filter((entry) => !known.has(entry));
}

function entriesOf({ issuers, members, databases }: RegistryDocument): ReadonlySet<string> {
  const known = new Set(issuers.map(({ name }) => `issuer/${name}`));
  for (const { team, name } of members) known.add(`team/${team}`).add(`member/${team}/${name}`);
  for (const { name, users } of databases) {
    known.add(`database/${name}`);
    for (const user of users) known.add(`user/${name}/${user.name}`);
  }
  return known;
}
