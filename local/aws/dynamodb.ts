import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { openTable, type WritableTable } from '../../adapters/writable-table.ts';
import { region } from '../organization.ts';

/** A DynamoDB on loopback, in memory, with one empty registry table. */
export interface LocalDynamodb {
  /** What a function's environment has to hold to find the table. */
  readonly env: {
    readonly AWS_ENDPOINT_URL_DYNAMODB: string;
    readonly TOKENVEND_REGISTRY_TABLE: string;
  };
  readonly table: WritableTable;
  close(): Promise<void>;
}

/** Its key schema is the template's. */
const tableName = 'tokenvend-registry';

/** Starts it. It knows no transactions, which the registry does without. */
export async function startDynamodb(): Promise<LocalDynamodb> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const env = {
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
    TOKENVEND_REGISTRY_TABLE: tableName,
  };
  const table = openTable({ table: tableName, env, region, credentials });
  await createTable(table.client);
  return {
    env,
    table,
    async close() {
      table.client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Any will do: nothing here checks a signature. */
const credentials = async () => ({
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'example',
});

async function createTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  while (!(await isActive(client))) await pause(1);
}

/** A table is not there at once, not even here. */
async function isActive(client: DynamoDBClient): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  return Table?.TableStatus === 'ACTIVE';
}
