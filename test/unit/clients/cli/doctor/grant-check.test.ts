import { describe, expect, it } from 'vitest';
import {
  ClientError,
  type ClientErrorDetails,
} from '../../../../../clients/api-client/client-error.ts';
import { checkGrant } from '../../../../../clients/cli/doctor/grant-check.ts';

const requestId = '0198a3b2-7c41-7d0e-9f3a-5b6c7d8e9f01';
const target = { alias: 'orders', database: 'orders', user: undefined };

async function refused(details: ClientErrorDetails) {
  const vend = () => Promise.reject(new ClientError('denied', details));
  return (await checkGrant({ vend }, target, undefined)).finding;
}

describe('the check of the grant', () => {
  it('says of a refusal without a hint that there is no such grant', async () => {
    const finding = await refused({ code: 'DENIED', requestId });

    expect(finding).toMatchObject({ status: 'failed', exitCode: 4 });
    expect(finding.saw).toBe(
      'no token for orders: no such grant of yours, or no such database user',
    );
    expect(finding.todo).toContain('tokenvend databases');
  });

  it.each([
    ['choose-user', 'ask for database/user'],
    ['choose-team', '--team'],
    ['no-team', 'no team'],
    ['grant-not-in-force', 'There is a grant'],
  ] as const)('says of %s what the hint says, and denies no grant', async (hint, naming) => {
    const { saw, todo } = await refused({ code: 'DENIED', hint });

    expect(saw).toBe('no token for orders');
    expect(todo).toContain(naming);
    expect(todo).not.toContain('tokenvend databases');
  });

  it('does not speak for the registry where somebody else refuses', async () => {
    const { saw, todo } = await refused({ status: 403 });

    expect(saw).toBe('no token for orders');
    expect(todo).toContain('not by tokenvend');
  });
});
