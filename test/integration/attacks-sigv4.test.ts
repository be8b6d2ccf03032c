import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionKey } from '../../local/aws/access-key.ts';
import { identityOf } from '../../local/callers.ts';
import { databaseAccount, roleArns } from '../../local/organization.ts';
import { bearer, exchangeSigned, vendSigned } from './support/callers.ts';
import { aHeldStack } from './support/held-stack.ts';
import { exchange, outcomeOf, vendedOf } from './support/http.ts';
import { editRegistry } from './support/registry-edits.ts';
import { lastRecord } from './support/test-stack.ts';

const { stack, clock } = await aHeldStack();
const nightlyId = 'AROANIGHTLYNIGHTLYNI2';

beforeEach(() => clock.advance(1));

/** Credentials of a role's session, as its account's STS would issue them. */
function aSession(
  parts: { readonly arn?: string; readonly roleId?: string; readonly sessionName?: string } = {},
): SessionKey {
  const { arn = roleArns.nightly, roleId = nightlyId, sessionName = 'run-1' } = parts;
  return stack.credentials.issueSession({
    role: { arn, roleId },
    sessionName,
    durationSeconds: 3600,
  });
}

const inDatabaseAccount = (role: string): string => `arn:aws:iam::${databaseAccount}:role/${role}`;

describe('A12: a caller who signs with SigV4', () => {
  it('is the same whatever it calls its session, and so shares one STS session', async () => {
    const one = await vendSigned(stack, aSession({ sessionName: 'run-1' }));
    const other = await vendSigned(stack, aSession({ sessionName: `admin-${randomUUID()}` }));

    expect(vendedOf(other).token).toBe(vendedOf(one).token);
    expect(stack.sts.calls.count(roleArns.payments)).toBe(1);
    expect(lastRecord(stack).caller).toMatchObject({ principal: 'role/payments-nightly' });
  });

  it.each([
    [
      'a role of the same name in another account',
      'arn:aws:iam::444455556666:role/payments-nightly',
    ],
    ['a role whose name only begins the same', inDatabaseAccount('payments-nightly-2')],
    ['a role whose name differs in case', inDatabaseAccount('Payments-nightly')],
    ['a role whose path ends in the name', inDatabaseAccount('payments-nightly/other')],
  ])('is nobody as %s', async (_what, arn) => {
    const answer = await vendSigned(stack, aSession({ arn, sessionName: 'payments-nightly' }));

    expect(outcomeOf(answer)).toBe('403 DENIED');
  });

  it('is nobody as a user with the name of the role', async () => {
    const user = { account: databaseAccount, name: 'payments-nightly', policies: [] };
    const key = stack.credentials.issueUserKey(user);

    const answer = await vendSigned(stack, { ...key, sessionToken: '' });

    expect(outcomeOf(answer)).toBe('403 DENIED');
    expect(lastRecord(stack).caller?.principal).toBe('user/payments-nightly');
  });

  it('is nobody once its role was created anew, where the registry fixes the id', async () => {
    const nightly = `{ iamRole: "${roleArns.nightly}" }`;
    const pinned = `{ iamRole: "${roleArns.nightly}", iamRoleId: ${nightlyId} }`;
    await editRegistry(stack, clock, [[nightly, pinned]]);

    const original = await vendSigned(stack, aSession());
    const recreated = await vendSigned(stack, aSession({ roleId: 'AROARECREATEDRECREAT2' }));

    expect([original, recreated].map(outcomeOf)).toEqual(['200', '403 DENIED']);
  });
});

describe('a signature', () => {
  it('is refused from keys that do not exist, or with the wrong secret', async () => {
    const known = aSession();
    const unknown = { ...known, accessKeyId: 'ASIAUNKNOWNUNKNOWN22' };
    const guessed = { ...known, secretAccessKey: 'A'.repeat(40) };

    const answers = [await vendSigned(stack, unknown), await vendSigned(stack, guessed)];

    expect(answers.map(outcomeOf)).toEqual(['401 UNAUTHENTICATED', '401 UNAUTHENTICATED']);
  });

  it('is refused when its session has ended', async () => {
    const session = aSession();
    clock.advance(3601);

    expect(outcomeOf(await vendSigned(stack, session))).toBe('401 UNAUTHENTICATED');
  });

  it('does not stand in for a JWT, nor a JWT for it', async () => {
    const asked = { method: 'POST', body: '{"database":"orders"}' };
    const headers = bearer(await identityOf(stack, 'orders-pod'));

    const signed = await exchangeSigned(stack, aSession(), { ...asked, path: '/v1/tokens' });
    const borne = await exchange(stack.apiUrl, { ...asked, path: '/v1/iam/tokens', headers });

    expect([signed, borne].map(outcomeOf)).toEqual(['401 UNAUTHENTICATED', '401 UNAUTHENTICATED']);
  });
});
