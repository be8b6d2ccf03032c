import { createServer, type Server } from 'node:http';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditRecord } from '../../../core/audit.ts';
import { tokensDependencies } from '../../../functions/tokens/wire.ts';

let server: Server | undefined;

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
});

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A table that answers every write with `status`, and its address. */
async function aTable(status: number) {
  const bodies: string[] = [];
  const listening = createServer(async (request, response) => {
    for await (const chunk of request) bodies.push(String(chunk));
    response.writeHead(status).end('{}');
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { bodies, url: `http://127.0.0.1:${port}` };
}

function auditOf(env: Record<string, string>) {
  const lines: string[] = [];
  const auditStream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    TOKENVEND_API_ID: 'a1b2c3d4e5',
    TOKENVEND_REGISTRY_FILE: '/nonexistent/registry.json',
    TOKENVEND_CERTIFICATES: fileURLToPath(new URL('../../../certificates', import.meta.url)),
    ...env,
  };
  return { audit: tokensDependencies(environment, { auditStream }).audit, lines };
}

const record: AuditRecord = {
  audit: 'vend',
  outcome: 'vended',
  vendId: 'vend-1',
  requestId: 'request-1',
  time: '2026-03-01T12:00:00.000Z',
};

describe('the audit of the tokens function', () => {
  it('is a line on stdout unless a table is named', async () => {
    const { bodies, url } = await aTable(200);
    const { audit, lines } = auditOf({ AWS_ENDPOINT_URL_DYNAMODB: url });

    await audit.write(record);

    expect(lines).toHaveLength(1);
    expect(bodies).toEqual([]);
  });

  it('is an item of the table that is named, too', async () => {
    const { bodies, url } = await aTable(200);
    const { audit, lines } = auditOf({
      AWS_ENDPOINT_URL_DYNAMODB: url,
      TOKENVEND_AUDIT_TABLE: 'audit',
      TOKENVEND_AUDIT_DAYS: '1',
    });

    await audit.write(record);

    expect(lines).toHaveLength(1);
    expect(JSON.parse(bodies.join(''))).toMatchObject({
      TableName: 'audit',
      Item: { keepUntil: { N: String(Date.parse('2026-03-02T12:00:00Z') / 1000) } },
    });
  });

  it('A22: rejects when that table cannot be written', async () => {
    const { url } = await aTable(500);
    const { audit, lines } = auditOf({
      AWS_ENDPOINT_URL_DYNAMODB: url,
      TOKENVEND_AUDIT_TABLE: 'audit',
    });

    await expect(audit.write(record)).rejects.toMatchObject({ reason: 'audit-unwritable' });

    expect(lines).toEqual([]);
  });
});
