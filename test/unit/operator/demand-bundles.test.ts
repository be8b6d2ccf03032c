import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demandBundles } from '../../../operator/demand-bundles.ts';
import { aDatabase } from '../../builders/registry.ts';

/** What the build packages from. */
const certificates = 'certificates';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tokenvend-package-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

/** Demands the bundles of databases that need these. */
async function demanding(...bundles: readonly string[]): Promise<void> {
  const databases = bundles.map((caBundle, at) => aDatabase({ name: `db-${at}`, caBundle }));
  const file = join(root, 'registry.json');
  await writeFile(file, JSON.stringify({ version: 'v', issuers: [], members: [], databases }));
  return demandBundles(file, certificates);
}

describe('demandBundles', () => {
  it('passes a registry whose databases can all be verified', async () => {
    await expect(demanding('eu-west-1', 'amazon-roots', 'eu-west-1')).resolves.toBeUndefined();
  });

  it('refuses one with databases that cannot be, and says once for each bundle how to get it', async () => {
    const demanded = demanding('nowhere-2', 'eu-west-1', 'nowhere-1', 'nowhere-2');

    await expect(demanded).rejects.toThrow(
      /^No CA bundle for nowhere-1 .+\nNo CA bundle for nowhere-2 [^\n]+$/,
    );
  });
});
