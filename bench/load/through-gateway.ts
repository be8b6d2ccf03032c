import { fastestOf } from '../fastest.ts';
import { absolute, compared, type Measurement } from '../measurement.ts';
import { sideBySide } from '../side-by-side.ts';
import { timePerCall } from './at-once.ts';
import { type HttpCall, type HttpClient, mustSucceed } from './http-client.ts';
import type { LoadStack } from './load-stack.ts';

/** A crowd must cost no more for each than one who asks alone, but for what a busy machine adds. */
const crowdBudget = 1.5;

const callers = 32;
const callsOfARound = 320;
const newcomersOfARound = 64;
const rounds = 5;

/**
 * Vends over HTTP, from the socket to the answer: gateway, authorizer, tokens function, STS. By one caller and
 * by many, by those who have a session already and by those whom nothing knows.
 */
export async function measureThroughGateway(stack: LoadStack): Promise<Measurement[]> {
  const client = stack.client(callers);
  const crowd = await stack.newcomers(callers);
  const vend = (at: number): Promise<void> => mustSucceed(client, callOf(crowd, at));
  // Everybody's session and verified JWT are there from now on.
  await timePerCall(vend, { calls: callers, atOnce: 1 });
  const byOne = { calls: callsOfARound, atOnce: 1 };
  const [one = 0, many = 0, firstByOne = 0, firstByMany = 0] = await fastestOf(
    [
      () => timePerCall(() => vend(0), byOne),
      () => timePerCall(vend, { ...byOne, atOnce: callers }),
      () => firstVends(stack, client, 1),
      () => firstVends(stack, client, callers),
    ],
    rounds,
  );
  return [
    await againstHealth(client, vend),
    row('vend over HTTP, 32 callers at once / one caller', many, one, crowdBudget),
    // Not against a vend with a session: the local STS decides it, and on AWS a network.
    absolute('first vend over HTTP, one after another', 'µs', firstByOne),
    row(
      'first vend over HTTP, 32 callers at once / one after another',
      firstByMany,
      firstByOne,
      crowdBudget,
    ),
  ];
}

const row = (name: string, value: number, peer: number, budget?: number): Measurement =>
  compared(name, 'µs', { value, peer }, budget);

type Vend = (at: number) => Promise<void>;

async function againstHealth(client: HttpClient, vend: Vend): Promise<Measurement> {
  const peer = () => mustSucceed(client, { path: '/v1/health' });
  const figures = await sideBySide({ subject: () => vend(0), peer }, { rounds: 9, calls: 150 });
  return compared('vend over HTTP, one caller, p50 / GET /v1/health', 'µs', figures);
}

/** Each by a caller whom nothing knows: a JWT to verify, a role to assume. */
async function firstVends(stack: LoadStack, client: HttpClient, atOnce: number): Promise<number> {
  const calls = await stack.newcomers(newcomersOfARound);
  const first = (at: number): Promise<void> => mustSucceed(client, callOf(calls, at));
  return timePerCall(first, { calls: newcomersOfARound, atOnce });
}

function callOf(calls: readonly HttpCall[], at: number): HttpCall {
  const call = calls[at % calls.length];
  if (call === undefined) throw new Error('nobody to ask');
  return call;
}
