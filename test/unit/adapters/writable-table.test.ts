import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { listEditions } from '../../../adapters/dynamodb-editions.ts';
import { findPointer } from '../../../adapters/dynamodb-pointer.ts';
import { openTable, type WritableTable } from '../../../adapters/writable-table.ts';

let close: () => void = () => undefined;
afterEach(() => close());

/** A table whose endpoint takes every connection and never says a word. */
async function aSilentTable(): Promise<WritableTable> {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const table = openTable({
    table: 'registry',
    region: 'eu-west-1',
    env: {
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    },
    credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' }),
    timeoutMs: 50,
  });
  // One try is what is looked at; the pauses between eight would be the SDK's.
  table.client.middlewareStack.remove('retryMiddleware');
  close = () => {
    table.client.destroy();
    server.closeAllConnections();
    server.close();
  };
  return table;
}

describe('the operator’s table', () => {
  it.each([
    ['the SDK', listEditions],
    ['our own reader', findPointer],
  ])('gives up on an endpoint that hangs, through %s', async (_, read) => {
    await expect(read(await aSilentTable())).rejects.toMatchObject({ kind: 'unreachable' });
  });
});
