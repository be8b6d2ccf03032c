import type { VendAnswer } from '../../core/vend-answer.ts';
import { identityOf, requestWithJwt } from '../callers.ts';
import { expiredToken, forgedJwt, orphanedToken, withOneByteChanged } from './crafted-tokens.ts';
import { type LoginAttempt, login } from './login.ts';
import type { Narrator } from './narrator.ts';
import { attemptWith, type DemoContext } from './walk.ts';

/** What does not work, and what both sides learn of it. */
export async function showTheRefusals(context: DemoContext, answer: VendAnswer): Promise<void> {
  await showApiRefusals(context);
  await showDatabaseRefusals(context, answer);
}

async function showApiRefusals({ stack, ...context }: DemoContext): Promise<void> {
  const narrator: Narrator = context.narrator;
  narrator.step('Refused: a pod of another team');
  const stranger = await identityOf(stack, 'billing-pod');
  await refusedByApi({ status: 403, code: 'DENIED', reason: 'not-granted' }, stranger);

  narrator.step('Refused: a forged JWT, with the right claims and the wrong key');
  const forged = await forgedJwt(await identityOf(stack, 'orders-pod'));
  await refusedByApi({ status: 401, code: 'UNAUTHENTICATED', reason: 'jwt-signature' }, forged);

  async function refusedByApi(
    expected: { readonly status: number; readonly code: string; readonly reason: string },
    jwt: string,
  ): Promise<void> {
    const response = await requestWithJwt(stack, jwt, { database: 'orders' });
    const body = await response.text();
    const record = stack.auditRecords.at(-1);
    narrator.show(`${response.status}: ${body}`);
    narrator.show(`audit: ${record?.outcome}, ${record?.reason}`);
    narrator.expect(response.status === expected.status, `the status is ${expected.status}`);
    narrator.expect(body.includes(`"code":"${expected.code}"`), `the code is ${expected.code}`);
    narrator.expect(record?.reason === expected.reason, `the record says ${expected.reason}`);
  }
}

async function showDatabaseRefusals(context: DemoContext, answer: VendAnswer): Promise<void> {
  const { stack, usePsql } = context;
  const narrator: Narrator = context.narrator;
  const good = attemptWith(stack, answer);

  narrator.step("Refused: another user's token");
  await refusedByDatabase({ ...good, user: 'engineer_1' }, 'wrong-user');

  narrator.step('Refused: a token with one byte changed');
  await refusedByDatabase({ ...good, token: withOneByteChanged(good.token) }, 'bad-signature');

  narrator.step('Refused: a token signed 16 minutes ago');
  await refusedByDatabase({ ...good, token: await expiredToken(stack) }, 'expired');

  narrator.step('Refused: a token of this second, whose STS session has ended');
  await refusedByDatabase({ ...good, token: await orphanedToken(stack) }, 'session-ended');

  narrator.step('Refused: a connection without TLS');
  const plain = await shut({ ...good, plain: true });
  narrator.expect(plain.includes('no encryption'), 'the database says what is missing');

  async function refusedByDatabase(attempt: LoginAttempt, reason: string): Promise<void> {
    const message = await shut(attempt);
    const logged = stack.database.refusals.at(-1);
    narrator.show(`database log: ${logged}`);
    narrator.expect(message.includes('PAM authentication failed'), 'the client learns no more');
    narrator.expect(logged === reason, `the database log says ${reason}`);
  }

  async function shut(attempt: LoginAttempt): Promise<string> {
    const result = await login(attempt, usePsql);
    if (result.opened) return narrator.fail('the database stays shut');
    narrator.show(result.message);
    return result.message;
  }
}
