import type { RegistryDocument } from '../../core/registry/model.ts';
import { teamRoles } from '../roles/team-roles.ts';
import type { AccountReader, FoundDatabase } from './account-reader.ts';
import { compareDatabases } from './compare-databases.ts';
import { compareRole } from './compare-role.ts';
import type { Difference } from './difference.ts';

/** What was compared, and what came of it. */
export interface Drift {
  readonly account: string;
  readonly regions: readonly string[];
  readonly differences: readonly Difference[];
}

export interface DriftOptions {
  /** Without it, roles are not compared: their trust could not be. */
  readonly vendorRoleArn?: string;
  /** Regions to look through besides those of the registry's databases. */
  readonly regions?: readonly string[];
}

/** Compares the part of the registry that lies in the reader's account with what is there. */
export async function drift(
  document: RegistryDocument,
  reader: AccountReader,
  options: DriftOptions = {},
): Promise<Drift> {
  const account = await reader.account();
  const regions = regionsOf(document, account, options.regions);
  const own = document.databases.filter((database) => database.account === account);
  const found = await foundIn(reader, regions);
  const databases = compareDatabases(own, found);
  const roles = await roleDifferences({ ...document, databases: own }, reader, options);
  return { account, regions, differences: [...databases, ...roles] };
}

/** Those of the registry's databases in the account, and further ones; sorted. */
export function regionsOf(
  { databases }: RegistryDocument,
  account: string,
  further: readonly string[] = [],
): readonly string[] {
  const own = databases.filter((database) => database.account === account);
  return [...new Set([...own.map(({ region }) => region), ...further])].sort();
}

/** All databases of the regions. One after the other: RDS throttles descriptions per account. */
export async function foundIn(
  reader: AccountReader,
  regions: readonly string[],
): Promise<readonly FoundDatabase[]> {
  const found: FoundDatabase[] = [];
  for (const region of regions) found.push(...(await reader.databases(region)));
  return found;
}

async function roleDifferences(
  own: RegistryDocument,
  reader: AccountReader,
  { vendorRoleArn }: DriftOptions,
): Promise<readonly Difference[]> {
  if (vendorRoleArn === undefined) return [];
  const differences: Difference[] = [];
  for (const wanted of teamRoles(own, { vendorRoleArn })) {
    differences.push(...compareRole(wanted, await reader.role(wanted.name)));
  }
  return differences;
}
