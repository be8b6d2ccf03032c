import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Table } from './dynamodb-batch-read.ts';
import { type CallSettings, createDynamodbCall } from './dynamodb-call.ts';

/** The registry's table as operators see it. Functions, which only read, go without the SDK. */
export interface WritableTable extends Table {
  readonly client: DynamoDBClient;
}

/**
 * For one try, connecting included. Longer than a function waits: an operator prefers waiting to
 * running the command again.
 */
const patientMs = 10_000;

/** How long connecting may take. A server that has not accepted a connection by then is down. */
const connectMs = 3_000;

/** When DynamoDB throttles, the SDK tries again this often, and pauses longer each time. */
const maxAttempts = 8;

/** Opens the table; nothing is sent yet. */
export function openTable(
  settings: Pick<CallSettings, 'env' | 'region' | 'credentials'> & {
    readonly table: string;
    /** For one try; default: 10 s. */
    readonly timeoutMs?: number;
  },
): WritableTable {
  const { table, env, region, credentials, timeoutMs = patientMs } = settings;
  const endpoint = env.AWS_ENDPOINT_URL_DYNAMODB;
  return {
    table,
    call: createDynamodbCall({ ...settings, clock: () => new Date(), timeoutMs }),
    pause: (ms) => pause(ms),
    client: new DynamoDBClient({
      region,
      credentials,
      maxAttempts,
      // Without these the SDK waits for ever, and a person sees nothing happen.
      requestHandler: {
        connectionTimeout: Math.min(connectMs, timeoutMs),
        requestTimeout: timeoutMs,
        throwOnRequestTimeout: true,
      },
      ...(endpoint === undefined ? {} : { endpoint }),
    }),
  };
}
