import { createHash } from 'node:crypto';
import { type PageEnd, writeCursor } from './page-cursor.ts';
import { granteeOf } from './registry/grantee.ts';
import type { Database } from './registry/model.ts';
import type { RegistryListing } from './registry/store.ts';

/** The lists that a caller's pages are taken from. */
export interface Lists {
  readonly listing: Pick<RegistryListing, 'version' | 'nameAt' | 'placeOf'>;
  readonly grantees: readonly string[];
}

/** The cursor of a page that has looked at `last`; `shown` is the last that the caller may know of. */
export async function cursorAt(
  last: Database,
  shown: string | undefined,
  lists: Lists,
): Promise<string> {
  if (last.name === shown) return writeCursor({ shown });
  const granted = new Set(last.users.flatMap(({ grants }) => grants.map(granteeOf)));
  const [grantee = ''] = lists.grantees.filter((one) => granted.has(one));
  const looked = {
    place: await lists.listing.placeOf(grantee, last.name),
    grantee: lists.grantees.indexOf(grantee),
    mark: markOf(lists),
  };
  return writeCursor({ shown, looked });
}

/**
 * The name after which the next page begins. Where the registry or the caller's memberships have changed
 * since, a place means nothing any more: what was not shown is then looked at again, which leaves
 * nothing out and shows nothing twice.
 */
export async function nameBefore(
  { shown, looked }: PageEnd,
  lists: Lists,
): Promise<string | undefined> {
  if (looked?.mark !== markOf(lists)) return shown;
  const grantee = lists.grantees[looked.grantee] ?? '';
  return (await lists.listing.nameAt(grantee, looked.place)) ?? shown;
}

/** Ours: eight bytes of a hash. Whoever makes up a mark gets pages of what it may open, as everybody. */
function markOf({ listing, grantees }: Lists): string {
  const text = JSON.stringify([listing.version, ...grantees]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
