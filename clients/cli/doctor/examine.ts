import type { TunnelEnd } from '../../../core/connection/target.ts';
import type { VendAnswer } from '../../../core/vend-answer.ts';
import { createCaBundles } from '../../agent/ca-bundles.ts';
import type { TargetName } from '../../agent/target-name.ts';
import { exitCodes } from '../exit-codes.ts';
import { explainError } from '../explain-error.ts';
import type { OpenApi } from '../open-api.ts';
import { checkApi, checkClock } from './api-check.ts';
import { checkDns, checkTcp, dialledOf } from './dial.ts';
import { type Finding, failed, skipped } from './finding.ts';
import { checkGrant, checkTeams } from './grant-check.ts';
import { checkIdentity } from './identity-check.ts';
import { loginProtocols, type SecureOptions } from './login.ts';
import { checkLogin } from './login-check.ts';
import { checkProxy } from './proxy-check.ts';
import { checkTls } from './tls-check.ts';
import { checkToken } from './token-check.ts';

export interface Examination {
  readonly open: OpenApi;
  readonly target: TargetName;
  readonly team: string | undefined;
  readonly via: TunnelEnd | undefined;
  readonly clock: () => Date;
}

/** For each step on the way to the database. Milliseconds. */
const timeoutMs = 5_000;

/** Every check that can still tell something, in the order of a connection. */
export async function* examine(examination: Examination): AsyncGenerator<Finding> {
  const { open, target, team, clock } = examination;
  const { finding: api, config } = await checkApi(open);
  const about = {
    now: clock(),
    audience: config?.audience,
    clientId: config?.signIn?.clientId,
  };
  const identity = await checkIdentity(open.findIdentity, about);
  yield identity.finding;
  yield* checkProxy(open.place);
  yield api;
  if (config === undefined) return;
  yield await checkClock(open.place, clock);
  if (!identity.isThere) return yield* ['team', 'grant'].map(notAsked);
  yield await checkTeams(open.api);
  const { finding: grant, answer } = await checkGrant(open.api, target, team);
  yield grant;
  if (answer === undefined) return;
  yield checkToken(answer);
  yield* examineDatabase(examination, answer);
}

const notAsked = (check: string): Finding => skipped(check, 'not asked: no identity');

async function* examineDatabase(
  { open, via }: Examination,
  answer: VendAnswer,
): AsyncGenerator<Finding> {
  const dns = await checkDns(answer, via);
  yield dns;
  if (dns.status === 'failed') return;
  const dialled = dialledOf(answer, via);
  const tcp = await checkTcp(dialled, timeoutMs);
  yield tcp;
  if (tcp.status === 'failed') return;
  const options = await secureOptions(open, answer);
  if ('check' in options) return yield options;
  const { engine, dbname } = answer.database;
  const protocol = loginProtocols[engine];
  const tls = await checkTls(protocol, dialled, options);
  yield tls;
  // Never a token to a server that did not prove who it is.
  if (tls.status === 'failed') return;
  const request = { user: answer.user, dbname, token: answer.token };
  yield await checkLogin(engine, protocol, dialled, request, options);
}

async function secureOptions(open: OpenApi, answer: VendAnswer): Promise<SecureOptions | Finding> {
  try {
    const caPem = await createCaBundles(open.api)(answer);
    return { caPem, serverName: answer.tls.serverName, timeoutMs };
  } catch (error) {
    const todo = explainError(error)?.text ?? 'The API has no CA bundle for this database.';
    return failed('tls', 'no CA bundle to verify with', todo, exitCodes.notUnderstood);
  }
}
