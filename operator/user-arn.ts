import type { Database } from '../core/registry/model.ts';

/**
 * The ARNs that IAM must allow for logging in as a user of a database, one for each resource id: what a
 * session is narrowed to (core/session.ts; a test holds the two together).
 */
export function userArns(
  database: Pick<Database, 'partition' | 'region' | 'account' | 'resourceIds'>,
  user: string,
): readonly string[] {
  const { partition, region, account, resourceIds } = database;
  return resourceIds.map(
    (id) => `arn:${partition}:rds-db:${region}:${account}:dbuser:${id}/${user}`,
  );
}
