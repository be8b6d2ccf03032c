import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStackBehindTls, type StackBehindTls } from '../../../bench/stack-behind-tls.ts';

let api: StackBehindTls;

beforeEach(async () => {
  api = await openStackBehindTls();
});

afterEach(() => api.close());

async function status(ca: string | undefined): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { agent: false, ...(ca === undefined ? {} : { ca }) };
    request(`${api.apiUrl}/v1/health`, options, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

it('is the API, over a connection that its root verifies', async () => {
  expect(await status(await readFile(api.apiCaFile, 'utf8'))).toBe(200);
});

it('is nobody to whom its root is unknown', async () => {
  await expect(status(undefined)).rejects.toMatchObject({
    code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  });
});

it('holds new connections up for as long as it is told', async () => {
  const ca = await readFile(api.apiCaFile, 'utf8');
  api.delay(200);
  const startedAtMs = performance.now();

  await status(ca);

  expect(performance.now() - startedAtMs).toBeGreaterThan(190);
});
