import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandParts } from '../../../build/bundle.ts';
import { buildCommandLine, commandEntry, commandLineRequest } from '../../../build/command-line.ts';
import { noticesName } from '../../../build/notices.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let folder: string;
let files: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-command-line-'));
  await buildCommandLine({ root, outdir: join(folder, 'out'), workdir: join(folder, 'work') });
  files = await readdir(join(folder, 'out'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('buildCommandLine', () => {
  it('makes a bundle that an ES package takes for CommonJS, and those that it loads later', () => {
    const bundles = files.filter((name) => name.endsWith('js'));

    expect(bundles.sort()).toEqual(
      [commandEntry, ...commandParts.map((part) => `${part}.cjs`)].sort(),
    );
  });

  it('passes on the licences of what is in them', async () => {
    const notices = await readFile(join(folder, 'out', noticesName), 'utf8');

    // One of the first bundle, and one of a part.
    for (const name of ['commander', 'openid-client']) expect(notices).toContain(`${name} `);
  });

  it('keeps what describes the bundles out of the folder that is published', () => {
    expect(files.filter((name) => name.endsWith('.json'))).toEqual([]);
    expect(commandLineRequest(root).workdir).not.toContain(commandLineRequest(root).outdir);
  });
});
