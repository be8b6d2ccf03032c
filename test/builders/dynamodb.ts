import { randomBytes } from 'node:crypto';
import type { WritableTable } from '../../adapters/writable-table.ts';
import type { RegistryDocument } from '../../core/registry/model.ts';
import { type LocalDynamodb, startDynamodb } from '../../local/aws/dynamodb.ts';
import { type OperatorDependencies, publishRegistry } from '../../operator/publish-registry.ts';
import { aClock, type ManualClock } from './clock.ts';

/** A call to DynamoDB, as it leaves our code. */
export interface DynamodbCall {
  readonly command: string;
  /** How many calls came before. */
  readonly at: number;
  readonly input: unknown;
}

/** What happens to a call: nothing, an error in its place, or an answer in its place. */
export type Interference = (call: DynamodbCall) => { readonly output: unknown } | undefined;

/** A DynamoDB on loopback whose calls are counted, and can be interfered with. */
export interface WatchedDynamodb extends LocalDynamodb {
  readonly clock: ManualClock;
  readonly operator: OperatorDependencies;
  readonly calls: readonly DynamodbCall[];
  /** The names of the calls since the last time this was asked. */
  callsSince(): readonly string[];
  interfere(interference: Interference | undefined): void;
  publish(document: RegistryDocument): ReturnType<typeof publishRegistry>;
}

export async function aDynamodb(): Promise<WatchedDynamodb> {
  const dynamodb = await startDynamodb();
  const clock = aClock();
  const calls: DynamodbCall[] = [];
  let seen = 0;
  let interference: Interference | undefined;
  const meet = (command: string, input: unknown) => {
    const call = { command, at: calls.length, input };
    calls.push(call);
    return interference?.(call);
  };
  const table: WritableTable = {
    ...dynamodb.table,
    pause: async () => undefined,
    call: async (operation, input) =>
      (meet(operation, input) ?? { output: await dynamodb.table.call(operation, input) }).output,
  };
  table.client.middlewareStack.add(
    (next, context) => async (args) => {
      const instead = meet(commandOf(context), args.input);
      if (instead === undefined) return next(args);
      return { response: {}, output: { $metadata: {}, ...Object(instead.output) } };
    },
    { step: 'initialize' },
  );
  const operator = { table, clock, by: 'os:tester', ids: () => randomBytes(6).toString('hex') };
  return {
    ...dynamodb,
    table,
    clock,
    operator,
    calls,
    callsSince: () => {
      const since = calls.slice(seen).map(({ command }) => command);
      seen = calls.length;
      return since;
    },
    interfere: (next) => {
      interference = next;
    },
    publish: (document) => publishRegistry(document, operator),
  };
}

/**
 * Breaks the connection once DynamoDB has carried out the next write whose request holds `text`: below the
 * SDK's retries, which then send it again.
 */
export function loseTheAnswer({ table }: WatchedDynamodb, text: string): void {
  let isLost = false;
  table.client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      if (isLost || Object(args.request).body?.includes(text) !== true) return answer;
      isLost = true;
      throw anSdkError('TimeoutError');
    },
    { step: 'deserialize', priority: 'low' },
  );
}

const commandOf = ({ commandName = '' }: { readonly commandName?: string }): string =>
  commandName.replace(/Command$/, '');

/** An error of the SDK's, as far as our code looks at it. */
export function anSdkError(name: string): Error {
  return Object.assign(new Error('quotes the request'), { name });
}
