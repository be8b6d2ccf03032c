import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../../../core/audit.ts';
import { readRecordedRequest } from '../../../../operator/explain/recorded-request.ts';
import { anAuditRecord } from '../../../builders/audit-records.ts';
import { runCli } from '../../../builders/cli.ts';

const example = 'examples/registry';
const nightly = {
  kind: 'iam',
  account: '777788889999',
  principal: 'role/reporting-dashboards',
} as const;
const caller = { ...nightly, uniqueId: 'AROAEXAMPLEROLE12345' };
const aRecord = (parts: Partial<AuditRecord> = {}): AuditRecord =>
  anAuditRecord({ caller, database: 'orders', sourceIp: '203.0.113.7', ...parts });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-records-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function aLogOf(...records: readonly AuditRecord[]): Promise<string> {
  const file = join(folder, 'log');
  const lines = records.map((record) => JSON.stringify(record));
  await writeFile(file, ['START RequestId', '{"level":"INFO"}', ...lines].join('\n'));
  return file;
}

describe('readRecordedRequest', () => {
  it.each(['request-1', 'vend-1'])('finds a request by %s among other lines', async (id) => {
    const log = await aLogOf(aRecord({ requestId: 'other', vendId: 'another' }), aRecord());

    expect(await readRecordedRequest(log, id)).toMatchObject({
      caller: { kind: 'iam', arn: 'arn:aws:iam::777788889999:role/reporting-dashboards' },
      wish: { database: 'orders' },
      now: new Date('2026-03-01T12:00:00Z'),
      sourceIp: '203.0.113.7',
      outcome: 'vended',
    });
  });

  it('makes claims of what is recorded of a JWT', async () => {
    const issuer = 'https://issuer.example.com';
    const auditClaims = { ref: 'refs/heads/main' };
    const jwt = { kind: 'jwt', issuer, principal: 'a', auditClaims } as const;
    const log = await aLogOf(aRecord({ caller: jwt, outcome: 'denied', reason: 'no-team' }));

    expect(await readRecordedRequest(log, 'request-1')).toMatchObject({
      caller: { kind: 'jwt', issuer, claims: { iss: issuer, sub: 'a', ref: 'refs/heads/main' } },
      outcome: 'denied (no-team)',
    });
  });

  it('takes the one that is named by its vend id, of several that chose one request id', async () => {
    const log = await aLogOf(aRecord(), aRecord({ vendId: 'vend-2', database: 'ledger' }));

    await expect(readRecordedRequest(log, 'request-1')).rejects.toThrow('vendId');
    expect(await readRecordedRequest(log, 'vend-2')).toMatchObject({
      wish: { database: 'ledger' },
    });
  });

  it('refuses what is not there, and what was not decided by the registry', async () => {
    const nobody = anAuditRecord({ outcome: 'unauthenticated', reason: 'jwt-expired' });
    const log = await aLogOf(nobody);

    for (const id of ['request-1', 'request-2']) {
      await expect(readRecordedRequest(log, id)).rejects.toMatchObject({ code: 'input-invalid' });
    }
    await expect(readRecordedRequest(join(folder, 'none'), 'a')).rejects.toMatchObject({
      code: 'path-unreadable',
    });
  });
});

describe('tokenvend registry explain, of a request that was made', () => {
  const explain = (...args: readonly string[]) => runCli(['registry', 'explain', example, ...args]);

  it('asks again as it was asked, and says what came of it then, by which version', async () => {
    const log = await aLogOf(aRecord({ registryVersion: 'sha256:0123456789ab' }));

    const { code, out, err } = await explain('--records', log, '--request-id', 'request-1');

    expect(code).toBe(0);
    expect(out).toContain('allowed: orders/orders_read for reporting/');
    expect(err).toMatch(
      /^recorded: vended at 2026-03-01T12:00:00.000Z by sha256:0123456789ab; this is sha256:\w{12}\n$/,
    );
  });

  it('ends in 2 where the record does not have the claims that decide, whatever came of it', async () => {
    const issuer = 'https://token.actions.githubusercontent.com';
    const jwt = { kind: 'jwt', issuer, principal: 'repo:acme/payments' } as const;
    const log = await aLogOf(aRecord({ caller: jwt, team: 'payments', user: 'orders_deploy' }));

    const { code, out } = await explain('--records', log, '--request-id', 'request-1');

    expect({ code, out }).toEqual({ code: 2, out: expect.stringMatching(/^undecided: /) });
  });

  it('asks for something else, where a target is given', async () => {
    const log = await aLogOf(aRecord());

    const { code } = await explain('ledger', '--records', log, '--request-id', 'request-1');

    expect(code).toBe(4);
  });

  it.each([
    ['neither an identity nor a request', ['orders']],
    ['both', ['orders', '--identity', 'arn:aws:iam::1:role/a', '--request-id', 'request-1']],
    ['no file to look in', ['--request-id', 'request-1']],
    ['no target for an identity', ['--identity', 'arn:aws:iam::111122223333:role/a']],
  ])('ends in 2 for %s', async (_, args) => {
    expect(await explain(...args)).toMatchObject({ code: 2, out: '' });
  });
});
