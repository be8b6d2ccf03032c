import { STSClient } from '@aws-sdk/client-sts';
import type { HttpRequest } from '@smithy/types';
import { answerSts, type StsDependencies } from '../../../local/aws/sts-answer.ts';
import type { StsFault } from '../../../local/aws/sts-faults.ts';
import { region, roleArns } from '../../../local/organization.ts';
import type { Traffic } from '../laws/traffic.ts';
import type { Chance } from '../world/chance.ts';
import { type Mortal, never } from '../world/mortal.ts';
import type { TrueTime } from '../world/true-time.ts';

/** How STS is. `hiccups` is each of the others in turn, as chance has it. */
export const stsMoods = [
  'well',
  'slow',
  'throttling',
  'failing',
  'refusing',
  'garbled',
  'truncated',
  'endless',
  'hanging',
  'unreachable',
  'stalling',
  'hiccups',
] as const;
export type StsMood = (typeof stsMoods)[number];

export interface StsPort {
  /** A client of the SDK's as adapters/sts-client.ts makes it, but with this STS behind its sockets. */
  open(process: Mortal, name: string): STSClient;
  setMood(mood: StsMood): void;
}

/** As adapters/sts-client.ts has it for one try. */
const requestTimeoutMs = 1_100;

/** Within it, as STS counts it, headers came; for the rest a function waits longer than it has. */
const stallMs = 9_000;

/** The local STS, without its server: signatures, trust and parameters are checked as AWS does. */
export function createStsPort(deps: {
  readonly sts: StsDependencies;
  readonly time: TrueTime;
  readonly chance: Chance;
  readonly traffic: Traffic;
}): StsPort {
  const { sts, time, chance, traffic } = deps;
  let mood: StsMood = 'well';

  const serve = async (request: HttpRequest): Promise<HttpAnswer> => {
    const now = mood === 'hiccups' ? chance.pick(stsMoods) : mood;
    await time.sleep(now === 'slow' ? 300 + chance.below(700) : 5 + chance.below(40));
    if (now === 'unreachable') throw connectionError('ECONNRESET');
    if (now === 'stalling') {
      await time.sleep(stallMs);
      throw connectionError('ECONNRESET');
    }
    const isHanging = now === 'hanging';
    const answer = answerSts(refusing(sts, now), signedRequest(request), faultOf(now));
    if (isHanging) await time.sleep(requestTimeoutMs);
    if (isHanging) throw connectionError('TimeoutError');
    await time.sleep(chance.below(40));
    const { length } = answer.body;
    const body = now === 'truncated' ? answer.body.slice(0, chance.below(length)) : answer.body;
    return answered(answer.status, body);
  };

  return {
    open(process, name) {
      const handle = async (request: HttpRequest): Promise<{ response: HttpAnswer }> => {
        if (!process.isAlive()) return never();
        const over = traffic.begin(`${name} ${sessionIn(request)}`);
        try {
          return { response: await process.effect(() => serve(request)) };
        } finally {
          over();
        }
      };
      const role = sts.roles.get(roleArns.vendor);
      if (role === undefined) throw new Error('the organization has no vendor role');
      const durationSeconds = 10 * 86_400;
      const keys = sts.credentials.issueSession({ role, sessionName: name, durationSeconds });
      const { accessKeyId, secretAccessKey, sessionToken } = keys;
      return new STSClient({
        region,
        maxAttempts: 2,
        credentials: { accessKeyId, secretAccessKey, sessionToken },
        requestHandler: { handle, updateHttpClientConfig: () => undefined, httpHandlerConfigs },
      });
    },
    setMood: (next) => {
      mood = next;
    },
  };
}

interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

const httpHandlerConfigs = () => ({});

function answered(statusCode: number, body: string): HttpAnswer {
  const headers = { 'content-type': 'text/xml', date: new Date().toUTCString() };
  return { statusCode, headers, body: Buffer.from(body) };
}

/** A role that is gone is refused like one that does not trust us. */
function refusing(sts: StsDependencies, mood: StsMood): StsDependencies {
  return mood === 'refusing' ? { ...sts, roles: new Map() } : sts;
}

function faultOf(mood: StsMood): StsFault | undefined {
  if (mood === 'throttling') return { kind: 'throttle' };
  if (mood === 'failing') return { kind: 'error' };
  if (mood === 'garbled') return { kind: 'garbage' };
  return mood === 'endless' ? { kind: 'no-expiration' } : undefined;
}

/** As node:http and the SDK's handler name them. */
function connectionError(name: 'ECONNRESET' | 'TimeoutError'): Error {
  return Object.assign(new Error(name), name === 'ECONNRESET' ? { code: name } : { name });
}

function signedRequest({ method, path, headers, body }: HttpRequest) {
  return { method, url: path, headers: lowerCased(headers), body: Buffer.from(String(body)) };
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** What tells one session from another: the parts of the key of adapters/sts-sessions.ts. */
function sessionIn({ body }: HttpRequest): string {
  const form = new URLSearchParams(String(body));
  const parts = ['RoleArn', 'RoleSessionName', 'ExternalId', 'Policy'];
  return parts.map((part) => form.get(part) ?? '').join(' ');
}
