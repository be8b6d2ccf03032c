import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRegistryFiles } from '../../../operator/read-registry-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the files of a registry', () => {
  it('are one, when the path is a file of any name', async () => {
    const path = join(folder, 'registry.txt');
    await writeFile(path, 'version: 1\n');

    expect(await readRegistryFiles(path)).toEqual([{ file: path, text: 'version: 1\n' }]);
  });

  it('are all YAML files below a folder in order, without hidden ones', async () => {
    await mkdir(join(folder, 'teams', '.git'), { recursive: true });
    const names = ['b.yml', 'teams/a.yaml', 'a.yaml', 'notes.md', '.b.yaml', 'teams/.git/c.yaml'];
    for (const name of names) await writeFile(join(folder, name), name);

    const files = await readRegistryFiles(folder);

    expect(files.map(({ text }) => text)).toEqual(['a.yaml', 'b.yml', 'teams/a.yaml']);
  });

  it('may be links, as in a mounted ConfigMap', async () => {
    await mkdir(join(folder, '..data'));
    await writeFile(join(folder, '..data', 'a.yaml'), 'linked');
    await symlink(join('..data', 'a.yaml'), join(folder, 'a.yaml'));

    expect((await readRegistryFiles(folder)).map(({ text }) => text)).toEqual(['linked']);
  });

  it('are an error when there are none', async () => {
    await expect(readRegistryFiles(folder)).rejects.toMatchObject({ code: 'path-empty' });
  });

  it('are an error when the path does not exist', async () => {
    await expect(readRegistryFiles(join(folder, 'x'))).rejects.toMatchObject({
      code: 'path-unreadable',
    });
  });
});
