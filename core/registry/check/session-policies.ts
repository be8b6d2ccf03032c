import { maxPolicyLength, sessionPolicy } from '../../session.ts';
import type { PlacedUser } from '../draft.ts';
import { partitionOf } from '../partitions.ts';

/**
 * Why STS would refuse every session for a database user, or `undefined`: the policy that narrows it is
 * too long. Built by what vends; a region that nobody knows is reported where it stands.
 */
export function sessionPolicyProblem({ name, database }: PlacedUser): string | undefined {
  const { region, account, resourceIds } = database;
  const partition = partitionOf(region);
  if (partition === undefined) return undefined;
  const { length } = sessionPolicy({ partition, region, account, resourceIds }, name);
  return length <= maxPolicyLength
    ? undefined
    : `The session policy for this user has ${length} characters, STS takes ${maxPolicyLength}; list fewer resource ids, or give the user a shorter name (a letter beyond ASCII counts as six).`;
}
