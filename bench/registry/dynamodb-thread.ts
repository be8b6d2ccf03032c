import { parentPort } from 'node:worker_threads';
import { startDynamodb } from '../../local/aws/dynamodb.ts';

/** The other end of `registry-table.ts`: a DynamoDB in a thread, until the thread is ended. */
const { env } = await startDynamodb();
parentPort?.postMessage(env);
