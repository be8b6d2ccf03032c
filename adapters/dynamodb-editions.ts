import {
  type AttributeValue,
  DeleteItemCommand,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { calling, DynamodbFault } from './dynamodb-fault.ts';
import { editionsPartition, isEdition, keyAttributes } from './dynamodb-layout.ts';
import { reasonAttribute, type Signature } from './dynamodb-pointer-moves.ts';
import type { WritableTable } from './writable-table.ts';

/**
 * `writing`: begun, perhaps by a publisher that was killed; `whole`: written and verified; `pruning`:
 * some of it may be gone already.
 */
export type EditionState = 'writing' | 'whole' | 'pruning';

/** What the table's catalogue says of an edition. Functions never read it. */
export interface Edition {
  readonly edition: string;
  readonly state: EditionState;
  /** How many items it has, and their common digest, when it is whole. */
  readonly items: number;
  readonly digest: string;
  /** Who began to write it, as `operator/who-operates.ts` found, and when; the first attempt of several. */
  readonly by: string;
  readonly begunAt: Date;
  /** Who found it whole, when and why it was published: after an interruption perhaps somebody else, and hours later. */
  readonly finished?: Signature;
}

/** All editions, newest first. @throws DynamodbFault. */
export async function listEditions({ client, table }: WritableTable): Promise<readonly Edition[]> {
  const query = {
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: editionsPartition } },
    ConsistentRead: true,
  };
  return calling(async () => {
    const editions: Edition[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, query)) {
      editions.push(...Items.map(editionIn));
    }
    return editions.sort((one, other) => other.begunAt.getTime() - one.begunAt.getTime());
  });
}

/** Enters an edition. @throws DynamodbFault `conflict` where there is one of that name. */
export async function addEdition(
  { client, table }: WritableTable,
  edition: Edition,
): Promise<void> {
  const command = new PutItemCommand({
    TableName: table,
    Item: {
      ...catalogueKey(edition.edition),
      state: { S: edition.state },
      items: { N: String(edition.items) },
      digest: { S: edition.digest },
      begunAt: { S: edition.begunAt.toISOString() },
      by: { S: edition.by },
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  await calling(() => client.send(command));
}

/**
 * Marks an edition as whole, and keeps who was the first to find it so.
 *
 * @throws DynamodbFault `conflict` where it is being pruned.
 */
export async function finishEdition(
  { client, table }: WritableTable,
  edition: string,
  { by, at, reason }: Signature,
): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: table,
    Key: catalogueKey(edition),
    UpdateExpression: [
      'SET #state = :whole',
      'finishedAt = if_not_exists(finishedAt, :at)',
      'finishedBy = if_not_exists(finishedBy, :by)',
      'finishedReason = if_not_exists(finishedReason, :why)',
    ].join(', '),
    ConditionExpression: '#state IN (:writing, :whole)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':writing': { S: 'writing' },
      ':whole': { S: 'whole' },
      ':at': { S: at.toISOString() },
      ':by': { S: by },
      ':why': reasonAttribute(reason),
    },
  });
  await calling(() => client.send(command));
}

/** Changes an edition's state. @throws DynamodbFault `conflict` where it is in none of the states `from`. */
export async function changeState(
  { client, table }: WritableTable,
  edition: string,
  { from, to }: { readonly from: readonly EditionState[]; readonly to: EditionState },
): Promise<void> {
  const states = Object.fromEntries(from.map((state, at) => [`:from${at}`, { S: state }]));
  const command = new UpdateItemCommand({
    TableName: table,
    Key: catalogueKey(edition),
    UpdateExpression: 'SET #state = :to',
    ConditionExpression: `#state IN (${Object.keys(states).join(', ')})`,
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':to': { S: to }, ...states },
  });
  await calling(() => client.send(command));
}

/** Strikes an edition off, after its items are gone. */
export async function removeEdition(
  { client, table }: WritableTable,
  edition: string,
): Promise<void> {
  const command = new DeleteItemCommand({ TableName: table, Key: catalogueKey(edition) });
  await calling(() => client.send(command));
}

const catalogueKey = (edition: string) => keyAttributes({ pk: editionsPartition, sk: edition });

function editionIn(item: Record<string, AttributeValue>): Edition {
  const [edition, state] = [item.sk?.S ?? '', states.find((one) => one === item.state?.S)];
  const [digest, by] = [item.digest?.S, item.by?.S];
  const items = Number(item.items?.N);
  const begunAt = new Date(item.begunAt?.S ?? '');
  const isSound = isEdition(edition) && Number.isSafeInteger(items) && Number(begunAt) > 0;
  if (!isSound || state === undefined || digest === undefined || by === undefined) {
    throw new DynamodbFault('broken');
  }
  return { edition, state, items, digest, begunAt, by, ...finishedIn(item) };
}

function finishedIn({
  finishedAt,
  finishedBy,
  finishedReason,
}: Record<string, AttributeValue>): Pick<Edition, 'finished'> {
  const [at, by] = [new Date(finishedAt?.S ?? ''), finishedBy?.S];
  if (by === undefined || Number.isNaN(at.getTime())) return {};
  const reason = finishedReason?.S;
  return { finished: { by, at, ...(reason === undefined ? {} : { reason }) } };
}

const states: readonly EditionState[] = ['writing', 'whole', 'pruning'];
