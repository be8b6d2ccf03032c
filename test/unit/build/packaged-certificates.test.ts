import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageCertificates } from '../../../build/packaged-certificates.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tokenvend-package-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('packageCertificates', () => {
  it('copies bundles and index, and no code', async () => {
    const [source, target] = [join(root, 'certificates'), join(root, 'dist', 'certificates')];
    await mkdir(source);
    for (const name of ['index.json', 'eu-west-1.pem', 'update.ts']) {
      await writeFile(join(source, name), name);
    }

    await packageCertificates(source, target);

    expect((await readdir(target)).sort()).toEqual(['eu-west-1.pem', 'index.json']);
    expect(await readFile(join(target, 'eu-west-1.pem'), 'utf8')).toBe('eu-west-1.pem');
  });

  it('refuses a folder without an index, by which the functions verify bundles', async () => {
    await writeFile(join(root, 'eu-west-1.pem'), '');

    await expect(packageCertificates(root, join(root, 'dist'))).rejects.toThrow();
  });
});
