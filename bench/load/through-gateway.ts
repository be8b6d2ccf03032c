import { compared, type Measurement } from '../measurement.ts';
import { sideBySide } from '../side-by-side.ts';
import { inTurn, timePerCall } from './at-once.ts';
import { type HttpCall, type HttpClient, mustSucceed } from './http-client.ts';
import type { LoadStack } from './load-stack.ts';

/** A crowd must cost no more for each than one who asks alone, but for what a busy machine adds. */
const crowdBudget = 1.5;

const callers = 32;
const callsOfARound = 320;
const newcomersOfARound = 64;
const rounds = 7;

/** Vends over HTTP, from the socket to the answer: gateway, authorizer, tokens function, STS. */
export async function measureThroughGateway(stack: LoadStack): Promise<Measurement[]> {
  const client = stack.client(callers);
  const crowd = await stack.newcomers(callers);
  const vend = (at: number): Promise<void> => mustSucceed(client, callOf(crowd, at));
  // Everybody's session and verified JWT are there from now on.
  await timePerCall(vend, { calls: callers, atOnce: 1 });
  return [
    await oneCaller(client, vend),
    await manyCallers(vend),
    await withoutSession(stack, client, vend),
    await withoutSessions(stack, client),
  ];
}

type Vend = (at: number) => Promise<void>;

async function oneCaller(client: HttpClient, vend: Vend): Promise<Measurement> {
  const peer = () => mustSucceed(client, { path: '/v1/health' });
  const figures = await sideBySide({ subject: () => vend(0), peer }, { rounds: 9, calls: 150 });
  return compared('vend over HTTP, one caller, p50 / GET /v1/health', 'µs', figures);
}

async function manyCallers(vend: Vend): Promise<Measurement> {
  const one = { calls: callsOfARound, atOnce: 1 };
  const figures = await inTurn(
    {
      subject: () => timePerCall(vend, { calls: callsOfARound, atOnce: callers }),
      peer: () => timePerCall(() => vend(0), one),
    },
    rounds,
  );
  return compared('vend over HTTP, 32 callers at once / one caller', 'µs', figures, crowdBudget);
}

async function withoutSession(
  stack: LoadStack,
  client: HttpClient,
  vend: Vend,
): Promise<Measurement> {
  const figures = await inTurn(
    {
      subject: () => firstVends(stack, client, 1),
      peer: () => timePerCall(() => vend(0), { calls: newcomersOfARound, atOnce: 1 }),
    },
    rounds,
  );
  return compared('first vend over HTTP, one after another / with a session', 'µs', figures);
}

async function withoutSessions(stack: LoadStack, client: HttpClient): Promise<Measurement> {
  const figures = await inTurn(
    {
      subject: () => firstVends(stack, client, callers),
      peer: () => firstVends(stack, client, 1),
    },
    rounds,
  );
  const name = 'first vend over HTTP, 32 callers at once / one after another';
  return compared(name, 'µs', figures, crowdBudget);
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
