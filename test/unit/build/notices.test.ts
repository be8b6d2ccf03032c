import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleFunction } from '../../../build/bundle.ts';
import { isAllowed } from '../../../build/licences.ts';
import { writeNotices } from '../../../build/notices.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tokenvend-notices-'));
  await put('LICENSE', 'the Apache text');
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

interface Installed {
  readonly licence?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly author?: unknown;
}

/** Installs a package and has the bundle import it. */
async function install(name: string, about: Installed = {}): Promise<void> {
  const { licence = 'MIT', files = {}, author } = about;
  const folder = `node_modules/${name}`;
  const manifest = { name, version: '1.2.3', main: 'index.js', license: licence, author };
  await put(`${folder}/package.json`, JSON.stringify(manifest));
  // A constant would be moved into the importing file, and nothing of the package be left.
  await put(`${folder}/index.js`, `export const here = process.env[${JSON.stringify(name)}];`);
  for (const [file, text] of Object.entries(files)) await put(`${folder}/${file}`, text);
}

/** The notices of a bundle that prints something of each package. */
async function noticesOf(...names: readonly string[]): Promise<string> {
  const imports = names.map((name, i) => `import { here as p${i} } from '${name}';`);
  await put('entry.ts', `${imports.join('\n')}\nconsole.log(${names.map((_, i) => `p${i}`)});`);
  const metafile = join(root, 'meta.json');
  const outfile = join(root, 'dist', 'index.mjs');
  await bundleFunction({ root, entry: join(root, 'entry.ts'), outfile, metafile });
  const notices = join(root, 'dist', 'NOTICES.txt');
  await writeNotices({ root, metafiles: [metafile], outfile: notices });
  return readFile(notices, 'utf8');
}

describe('the notices of a bundle', () => {
  it('list its packages, and hold their licences and notices', async () => {
    await install('@scope/one', {
      licence: 'Apache-2.0',
      files: { LICENSE: 'text of one', NOTICE: 'notice of one' },
    });
    await install('two', { files: { 'licence.md': 'text of two' } });

    const text = await noticesOf('@scope/one', 'two');

    expect(text).toContain('  @scope/one 1.2.3 (Apache-2.0)\n  two 1.2.3 (MIT)\n');
    for (const part of ['text of one', 'notice of one', 'text of two']) {
      expect(text).toContain(part);
    }
  });

  it('leave out what is installed and not bundled', async () => {
    await install('used', { files: { LICENSE: 'text' } });
    await install('unused', { licence: 'GPL-3.0-only' });

    expect(await noticesOf('used')).not.toContain('unused');
  });

  it('hold a text once that several packages share', async () => {
    for (const name of ['one', 'two']) await install(name, { files: { LICENSE: 'same text' } });

    const text = await noticesOf('one', 'two');

    expect(text.match(/same text/g)).toHaveLength(1);
    expect(text).toContain('one, two\n');
  });

  it.each([
    [
      'its README',
      'MIT',
      { 'README.md': `# x\n\n## License\n\n${'terms '.repeat(90)}\n` },
      'terms',
    ],
    ['MIT with its author', 'MIT', {}, 'Copyright (c) Ann Author'],
    ['the Apache licence of ours', 'Apache-2.0', {}, 'the Apache text'],
  ])('take %s where a package has no licence file', async (_, licence, files, expected) => {
    await install('bare', { licence, files, author: { name: 'Ann Author' } });

    expect(await noticesOf('bare')).toContain(expected);
  });

  it.each([
    ['whose licence is not allowed', { licence: 'GPL-3.0-only', files: { LICENSE: 'x' } }],
    ['without a licence', { licence: '' }],
    ['whose licence has no text', { licence: 'BSD-3-Clause' }],
  ])('are refused for a package %s', async (_, about) => {
    await install('odd', about);

    await expect(noticesOf('odd')).rejects.toThrow(/odd/);
  });
});

describe('a licence', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['BSD-2-Clause OR GPL-3.0-only', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['MIT AND (ISC OR GPL-3.0-only)', false],
    ['SEE LICENSE IN LICENSE', false],
    ['UNLICENSED', false],
    ['', false],
  ])('%j is allowed: %s', (licence, expected) => {
    expect(isAllowed(licence)).toBe(expected);
  });
});

describe('the allow-list', () => {
  it('fits what the package itself is published under', async () => {
    const own = fileURLToPath(new URL('../../../package.json', import.meta.url));

    expect(isAllowed(JSON.parse(await readFile(own, 'utf8')).license)).toBe(true);
  });
});
