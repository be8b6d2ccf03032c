import { createDynamodbRegistry } from '../../adapters/dynamodb-registry.ts';
import { keyOfMember } from '../../core/registry/member-keys.ts';
import { compared, type Measurement } from '../measurement.ts';
import { sideBySide } from '../side-by-side.ts';
import type { ProvingGround } from '../vend/proving-ground.ts';
import { openDatabases } from '../vend/registry-of.ts';
import { tokensFunction } from '../vend/tokens-function.ts';
import type { Published } from './published-table.ts';
import { silent } from './table-reads.ts';

/** What a first look costs must not depend on how many others there are. */
const budget = 1.2;

/** What a new execution environment waits for before it can decide: two answers of the table. */
export async function coldLook(
  one: Published,
  other: Published,
  what: string,
): Promise<Measurement> {
  const contest = { subject: firstSlices(one), peer: firstSlices(other) };
  const figures = await sideBySide(contest, { rounds: 11, calls: 60 });
  return compared(`first look at the table, p50, ${what}`, 'µs', figures, budget);
}

/**
 * The first vend of a new execution environment, wired anew: the table, STS and the signing. Not Node's start.
 * Without a budget: most of it is loopback, and what depends on the registry's size is in the row above.
 */
export async function coldVend(
  ground: ProvingGround,
  one: Published,
  other: Published,
  what: string,
): Promise<Measurement> {
  const [subject, peer] = [await firstVends(ground, one), await firstVends(ground, other)];
  const figures = await sideBySide({ subject, peer }, { rounds: 15, calls: 20 });
  return compared(`cold vend, p50, ${what}`, 'µs', figures);
}

async function firstVends(
  ground: ProvingGround,
  { document, env }: Published,
): Promise<() => Promise<void>> {
  const environment = { ...(await ground.environmentWith(document)), ...env };
  const [database] = openDatabases(document, 1);
  return () => tokensFunction(environment)(database);
}

function firstSlices({ table, document }: Published): () => Promise<unknown> {
  const [database] = openDatabases(document, 1);
  const memberKeys = document.members.slice(0, 1).map(keyOfMember);
  return () => {
    const store = createDynamodbRegistry({ ...silent, table, clock: () => new Date() });
    return store.slice({ memberKeys, database });
  };
}
