import { apiUrl } from '../../api-client/api-url.ts';
import { type ConnectionOptions, createConnections } from '../../api-client/connections.ts';
import { startDeadline } from '../../api-client/deadline.ts';
import { exchange } from '../../api-client/exchange.ts';
import type { ApiConfig } from '../../api-client/parse-config.ts';
import { exitCodes } from '../exit-codes.ts';
import { explainError } from '../explain-error.ts';
import type { ApiPlace, OpenApi } from '../open-api.ts';
import { type Finding, failed, ok, skipped, warning } from './finding.ts';

/** Whether the API answers, and what it says of itself. */
export async function checkApi({
  api,
  place,
}: OpenApi): Promise<{ readonly finding: Finding; readonly config?: ApiConfig }> {
  const where = place.urls.join(', ');
  try {
    const config = await api.config();
    return { config, finding: ok('api', `${where}: version ${config.version}, ${config.region}`) };
  } catch (error) {
    const { text, exitCode } = explainError(error) ?? unexplained;
    const todo = `${text} On the way may be a proxy (https_proxy, no_proxy), or a VPC endpoint that hides it.`;
    return { finding: failed('api', where, todo, exitCode) };
  }
}

const unexplained = { text: 'It does not answer.', exitCode: exitCodes.unreachable };

/**
 * Clocks may differ by this much before it hurts: JWTs are refused from 60 s on, SigV4 from 300 s on.
 * Seconds; the `Date` header has whole ones.
 */
const harmlessSeconds = 30;

/** Whether this machine's clock agrees with the API's, going by its `Date` header (RFC 9110 section 6.6.1). */
export async function checkClock(place: ApiPlace, clock: () => Date): Promise<Finding> {
  const theirs = await timeAt(place.urls[0] ?? '', { ...place, clock });
  if (theirs === undefined) return skipped('clock', 'the API does not tell the time');
  const seconds = Math.round((+clock() - +theirs) / 1000);
  const saw = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} the API`;
  return Math.abs(seconds) <= harmlessSeconds
    ? ok('clock', saw)
    : warning(
        'clock',
        saw,
        'Set this machine’s clock (NTP): tokens and signatures carry the time.',
      );
}

const timeoutMs = 5_000;
const maxBodyBytes = 64 * 1024;

async function timeAt(address: string, options: ConnectionOptions): Promise<Date | undefined> {
  const connections = createConnections(options);
  const deadline = startDeadline({ timeoutMs, clock: options.clock });
  try {
    const url = new URL('v1/health', apiUrl(address));
    const request = { method: 'GET', url, headers: {} } as const;
    const { headers } = await exchange(connections, request, { deadline, maxBodyBytes });
    const instant = new Date(headers.date ?? '');
    return Number.isNaN(+instant) ? undefined : instant;
  } catch {
    return undefined;
  } finally {
    deadline.clear();
    connections.drop();
  }
}
