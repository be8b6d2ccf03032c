import type { DraftDatabase, RegistryDraft } from '../draft.ts';
import { readEndpoint, resourceKinds } from '../endpoint.ts';
import { error, type Finding, type Path, warning } from '../problem.ts';

/** The resource id is what the role's policy names: the wrong one grants nothing, or something else. */
export function checkResourceIds(draft: RegistryDraft): Finding[] {
  const firstById = new Map<string, string>();
  return [...draft.databases].flatMap(([name, database]) =>
    database.resourceIds.flatMap((id, index) => {
      const isList = database.resourceIds.length > 1;
      const path = ['databases', name, 'resourceId', ...(isList ? [index] : [])];
      const key = `${database.region}/${id}`;
      const first = firstById.get(key);
      if (first === undefined) firstById.set(key, name);
      return [...kindFindings(path, id, database), ...sharedFindings(path, name, first)];
    }),
  );
}

function kindFindings(path: Path, id: string, { host }: DraftDatabase): Finding[] {
  const kind = /^(db|cluster|prx)-[A-Za-z0-9]{1,64}$/.exec(id)?.[1];
  if (kind === undefined) {
    return [error(path, 'Give the resource id that RDS shows: db-…, cluster-… or prx-….')];
  }
  const endpoint = readEndpoint(host);
  const fitting: readonly string[] = endpoint === undefined ? [] : resourceKinds[endpoint.kind];
  return fitting.length === 0 || fitting.includes(kind)
    ? []
    : [error(path, `An endpoint of this kind has a resource id of ${fitting.join(' or ')}-….`)];
}

/** A grant on either database opens the same one. */
function sharedFindings(path: Path, name: string, first: string | undefined): Finding[] {
  if (first === undefined) return [];
  return first === name
    ? [error(path, 'This id is listed twice; remove one.')]
    : [
        warning(
          path,
          `Database ${first} has this resource id too: users of both open the same data.`,
        ),
      ];
}
