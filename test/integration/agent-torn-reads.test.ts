import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFileKeeper } from '../../clients/agent/file-keeper.ts';
import { sha256Hex } from '../../clients/api-client/parse-answer.ts';
import { anAnswer, aToken } from '../builders/answers.ts';
import { countFrom } from '../builders/counts.ts';

const reader = fileURLToPath(new URL('support/torn-reader.ts', import.meta.url));
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tokenvend-torn-'));
});
afterAll(() => rm(directory, { recursive: true }));

const refreshes = countFrom('TORN_REFRESHES', 150, 100);

/** CA bundles of very different lengths, so that half of one cannot pass for the other. */
const bundles = [1, 400].map(
  (lines) =>
    `-----BEGIN CERTIFICATE-----\n${'A'.repeat(64)}\n`.repeat(lines) +
    '-----END CERTIFICATE-----\n',
);

/** A keeper whose token and CA are others at every pass. */
function aRestlessKeeper(folder: string) {
  let mark = 0;
  const answer = () => {
    const pem = bundles[mark % 2] ?? '';
    const { tls } = anAnswer();
    const token = aToken({}, ++mark);
    return anAnswer({
      id: `vend-${mark}`,
      token,
      tls: { ...tls, ca: { ...tls.ca, sha256: sha256Hex(pem) } },
    });
  };
  return createFileKeeper(
    {
      cache: {
        refreshDue: async () => undefined,
        get: async () => ({ answer: answer(), state: 'hit', ageSeconds: 0 }),
      },
      caPemFor: async ({ tls }) => bundles.find((pem) => sha256Hex(pem) === tls.ca.sha256) ?? '',
      clock: () => new Date(),
    },
    [
      {
        name: { alias: 'orders', database: 'orders' },
        folder,
        files: { seenAs: folder, fileMode: 0o600 },
      },
    ],
  );
}

it(
  'a reader beside many fast refreshes never sees half a file, a token without its CA, or a wrong mode',
  async () => {
    const folder = join(directory, 'orders');
    const beside = spawn(process.execPath, [reader, folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let printed = '';
    beside.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    await once(beside.stdout, 'data');
    const keeper = aRestlessKeeper(folder);

    for (let pass = 0; pass < refreshes.times; pass++) {
      expect(await keeper.pass()).toMatchObject([{ state: 'written' }]);
    }
    beside.stdin.end();
    await once(beside, 'close');

    const { rounds, seen } = JSON.parse(printed.replace('reading\n', ''));
    expect(seen).toEqual([]);
    expect(rounds).toBeGreaterThan(refreshes.times);
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  },
  refreshes.timeoutMs,
);
