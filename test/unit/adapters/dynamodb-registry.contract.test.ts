import { afterEach, beforeEach } from 'vitest';
import { createDynamodbRegistry } from '../../../adapters/dynamodb-registry.ts';
import { suspendEntry } from '../../../operator/suspend-entry.ts';
import { aDynamodb, type WatchedDynamodb } from '../../builders/dynamodb.ts';
import { aLog, someCounters } from '../../builders/ports.ts';
import { describeRegistryStore } from './registry-store-contract.ts';

let dynamodb: WatchedDynamodb;
beforeEach(async () => {
  dynamodb = await aDynamodb();
});
afterEach(() => dynamodb.close());

describeRegistryStore('DynamoDB', async (document, suspended = []) => {
  await dynamodb.publish(document);
  for (const entry of suspended) await suspendEntry(entry, 'for the contract', dynamodb.operator);
  const { table, clock } = dynamodb;
  const ports = { log: aLog(), counters: someCounters() };
  return createDynamodbRegistry({ table, clock, ...ports, maxRecords: 100 });
});
