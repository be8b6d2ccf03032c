import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pruneRegistry } from '../../operator/prune-registry.ts';
import { recordsInForce } from '../../operator/registry-records.ts';
import { listSuspended, listVersions } from '../../operator/registry-versions.ts';
import { rollBackRegistry } from '../../operator/rollback-registry.ts';
import { resumeEntry, suspendEntry } from '../../operator/suspend-entry.ts';
import { suspensionTargets } from '../../operator/suspension-targets.ts';
import { aDynamodb, type WatchedDynamodb } from '../builders/dynamodb.ts';
import { aCompiledRegistry } from '../builders/registry-files.ts';
import { deploy, everything, get } from './stack.ts';

const publisher = z
  .looseObject({
    Policies: z.tuple([
      z.object({
        PolicyDocument: z.looseObject({
          Statement: z.tuple([z.looseObject({ Action: z.array(z.string()) })]),
        }),
      }),
    ]),
  })
  .parse(get(deploy(everything), 'PublisherRole').Properties);

let dynamodb: WatchedDynamodb;
beforeEach(async () => {
  dynamodb = await aDynamodb();
});
afterEach(() => dynamodb.close());

/** Everything that an operator does with the table. */
async function workThroughAllVerbs(): Promise<void> {
  const { operator, table, clock, publish } = dynamodb;
  for (const version of ['one', 'two', 'three']) {
    await publish({ ...aCompiledRegistry(), version });
  }
  await rollBackRegistry('two', operator);
  await suspendEntry('team/payments', 'a leak', operator);
  await suspensionTargets({ kind: 'issuer', issuer: 'cluster' }, await recordsInForce(table));
  await listSuspended(table);
  await resumeEntry('team/payments', 'rotated', operator);
  await listVersions(table);
  clock.advance(900);
  await pruneRegistry(operator);
}

describe('the publisher’s role', () => {
  it('may do what the operators’ verbs do, and nothing that none of them does', async () => {
    await workThroughAllVerbs();

    const done = new Set(dynamodb.callsSince().map((call) => `dynamodb:${call}`));
    const [{ PolicyDocument }] = publisher.Policies;
    expect([...done].sort()).toEqual(PolicyDocument.Statement[0].Action);
  });
});
