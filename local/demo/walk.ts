import { applicationNameOf } from '../../core/connection/application-name.ts';
import { targetOf } from '../../core/connection/target.ts';
import type { VendAnswer } from '../../core/vend-answer.ts';
import { identityOf, nightlyCredentials, requestWithJwt, requestWithSigV4 } from '../callers.ts';
import type { Stack } from '../stack.ts';
import { type LoginAttempt, type LoginResult, login } from './login.ts';
import type { Narrator } from './narrator.ts';

export interface DemoContext {
  readonly stack: Stack;
  readonly narrator: Narrator;
  readonly usePsql: boolean;
}

/** What works: two kinds of caller, from their identity to an open database, and the record of it. */
export async function showTheWay(context: DemoContext): Promise<VendAnswer> {
  const { stack } = context;
  const narrator: Narrator = context.narrator;
  narrator.step('A pod shows its service account token, and gets a database token');
  const jwt = await identityOf(stack, 'orders-pod');
  const answer = await vended(context, await requestWithJwt(stack, jwt, { database: 'orders' }));

  narrator.step(`${context.usePsql ? 'psql' : 'pg'} opens the database with it, over verified TLS`);
  const session = await opened(context, answer);

  narrator.step('The id that the database sees leads to the audit record of that very vend');
  const id = /tv:(\S+)$/.exec(session.applicationName)?.[1];
  const record = stack.auditRecords.find(({ vendId }) => vendId === id);
  if (record?.outcome !== 'vended') return narrator.fail('the audit log holds the vend');
  narrator.show(`${record.vendId}: ${record.outcome} to ${record.caller?.principal}`);
  narrator.show(`as ${record.user} on ${record.database}, by ${record.team}/${record.member}`);
  narrator.show(`assumed ${record.roleArn} as ${record.roleSessionName}`);

  narrator.step('A nightly job does the same with AWS credentials (SigV4), without any JWT');
  const credentials = nightlyCredentials(stack);
  const response = await requestWithSigV4(stack, credentials, { database: 'orders' });
  await opened(context, await vended(context, response));
  return answer;
}

async function vended(context: DemoContext, response: Response): Promise<VendAnswer> {
  const narrator: Narrator = context.narrator;
  narrator.expect(response.status === 200, `a token is vended (status ${response.status})`);
  // The API's own answer, just described in openapi.yaml and validated against it by the tests.
  const answer = (await response.json()) as VendAnswer;
  const { user, database, tokenLength, expiresIn } = answer;
  narrator.show(
    `200: ${user} on ${database.name}, ${tokenLength} characters, good for ${expiresIn} s`,
  );
  return answer;
}

async function opened(
  context: DemoContext,
  answer: VendAnswer,
): Promise<LoginResult & { readonly opened: true }> {
  const narrator: Narrator = context.narrator;
  const result = await login(attemptWith(context.stack, answer), context.usePsql);
  if (!result.opened) return narrator.fail(`the database opens, not: ${result.message}`);
  narrator.expect(result.user === answer.user, 'current_user is the user vended for');
  narrator.expect(result.tls.startsWith('TLSv1'), 'the connection is encrypted');
  narrator.show(`current_user      ${result.user}`);
  narrator.show(`TLS               ${result.tls}, verified for ${answer.tls.serverName}`);
  narrator.show(`application_name  ${result.applicationName}`);
  return result;
}

/** How a client logs in with an answer; the database listens on loopback, and not under its name. */
export function attemptWith(stack: Stack, answer: VendAnswer): LoginAttempt {
  const target = targetOf(answer, { applicationName: 'demo' });
  return {
    host: target.host,
    port: target.port,
    dbname: target.dbname ?? '',
    user: target.user,
    token: target.token,
    caFile: stack.caFile,
    applicationName: applicationNameOf(target),
  };
}
