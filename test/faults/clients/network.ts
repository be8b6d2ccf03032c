import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { ClientError } from '../../../clients/api-client/client-error.ts';
import type { Connections, OutgoingRequest } from '../../../clients/api-client/connections.ts';
import type { HttpAnswer } from '../../../local/gateway/gateway.ts';
import type { ReceivedRequest } from '../../../local/gateway/proxy-event.ts';
import type { Traffic } from '../laws/traffic.ts';
import type { Api } from '../service/api.ts';
import type { Chance } from '../world/chance.ts';
import type { TrueTime } from '../world/true-time.ts';

/**
 * How the way to the API is. `lost`: requests arrive, and their answers do not come back. `dead`: nothing
 * is said at all.
 */
export const networkMoods = [
  'well',
  'slow',
  'down',
  'lost',
  'dead',
  'truncated',
  'foreign',
] as const;
export type NetworkMood = (typeof networkMoods)[number];

export interface Network {
  /** Sockets of one client. `traffic` is told of its requests for tokens. */
  connect(client: string, traffic?: Traffic): Connections & { sever(): void };
  setMood(mood: NetworkMood): void;
}

export function createNetwork(deps: {
  readonly time: TrueTime;
  readonly chance: Chance;
  readonly api: Api;
  readonly ids: () => string;
}): Network {
  const { time, chance, api, ids } = deps;
  let mood: NetworkMood = 'well';

  const carry = async (request: OutgoingRequest): Promise<HttpAnswer> => {
    await time.sleep(mood === 'slow' ? chance.below(4_000) : 2 + chance.below(40));
    if (mood === 'down') throw unreachable();
    if (mood === 'dead') return new Promise(() => undefined);
    if (mood === 'foreign') return signInPage;
    const answer = await api(arrived(request, ids(), time.nowMs()));
    await time.sleep(mood === 'slow' ? chance.below(4_000) : 2 + chance.below(40));
    if (mood === 'lost') throw unreachable();
    return mood === 'truncated' ? cut(answer, chance) : answer;
  };

  return {
    connect(client, traffic) {
      const open = new Set<() => void>();
      let isSevered = false;
      return {
        send(request, signal) {
          // As node:http does: what was taken back before it was sent is not sent.
          if (signal.aborted) return Promise.reject(unreachable());
          const isForToken = request.method === 'POST';
          const over = isForToken ? traffic?.begin(`${client} ${targetOf(request)}`) : undefined;
          return new Promise<IncomingMessage>((resolve, reject) => {
            if (isSevered) return;
            const hangUp = (): void => {
              over?.();
              open.delete(hangUp);
              if (!isSevered) reject(unreachable());
            };
            open.add(hangUp);
            signal.addEventListener('abort', hangUp, { once: true });
            const arrive = (answer: HttpAnswer): void => {
              over?.();
              open.delete(hangUp);
              if (!isSevered) resolve(messageOf(answer));
            };
            carry(request).then(arrive, hangUp);
          });
        },
        drop() {
          for (const hangUp of open) hangUp();
        },
        sever() {
          isSevered = true;
          for (const hangUp of open) hangUp();
        },
      };
    },
    setMood: (next) => {
      mood = next;
    },
  };
}

const unreachable = (): ClientError => new ClientError('unreachable');

/** What a captive portal answers, with a 200. */
const signInPage = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' };

function cut(answer: HttpAnswer, chance: Chance): HttpAnswer {
  return { ...answer, body: answer.body.slice(0, chance.below(answer.body.length)) };
}

function arrived(
  { method, url, headers, body = '' }: OutgoingRequest,
  requestId: string,
  nowMs: number,
): ReceivedRequest {
  const { host, pathname: target } = url;
  const rawHeaders = Object.entries({ host, ...headers });
  return { method, target, rawHeaders, body, requestId, sourceIp, receivedAt: new Date(nowMs) };
}

const sourceIp = '203.0.113.7';

/** What tells one key of a client's cache from another: all that the body asks for but a fresh token. */
function targetOf({ body = '{}' }: OutgoingRequest): string {
  const { fresh, ...target }: { fresh?: boolean } = JSON.parse(body);
  return JSON.stringify(target);
}

/** A message as node:http would give it. */
function messageOf({ status, headers, body }: HttpAnswer): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  message.statusCode = status;
  for (const [name, value] of Object.entries(headers)) message.headers[name.toLowerCase()] = value;
  message.push(body);
  message.push(null);
  return message;
}
