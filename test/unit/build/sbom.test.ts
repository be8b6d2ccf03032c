import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleFunction } from '../../../build/bundle.ts';
import { writeSbom } from '../../../build/sbom.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tokenvend-sbom-'));
  await put('package.json', JSON.stringify({ name: 'ours', version: '1.0.0' }));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

const integrity = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;
const locked = new Map<string, object>();

/** Installs a package; `imports` are the names of those that it uses. */
async function install(path: string, about: { licence?: string; imports?: string[] } = {}) {
  const { licence = 'MIT', imports = [] } = about;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const dependencies = Object.fromEntries(imports.map((one) => [one, '*']));
  const manifest = { name, version: '1.2.3', main: 'index.js', license: licence };
  const lines = imports.map((one) => `import '${one}';`);
  await put(`${path}/package.json`, JSON.stringify(manifest));
  await put(`${path}/index.js`, `${lines.join('')}process.stdout.write(${JSON.stringify(path)});`);
  locked.set(path, { version: '1.2.3', integrity, dependencies });
}

/** The bill of materials of one bundle that imports the packages, as text. */
async function sbomOf(...names: readonly string[]): Promise<string> {
  await put('entry.ts', names.map((name) => `import '${name}';`).join('\n'));
  const packages = Object.fromEntries([['', {}], ...locked]);
  await put('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }));
  const metafile = join(root, 'meta', 'tokens.json');
  await bundleFunction({
    root,
    entry: join(root, 'entry.ts'),
    outfile: join(root, 'dist', 'index.mjs'),
    metafile,
  });
  const outfile = join(root, 'dist', 'sbom.cdx.json');
  await writeSbom({ root, metafiles: [metafile], outfile });
  return readFile(outfile, 'utf8');
}

/** CycloneDX's own schema. Its formats beyond those of JSON Schema's second draft are not looked at. */
async function schemaErrors(sbom: string): Promise<unknown> {
  const folder = 'node_modules/@cyclonedx/cyclonedx-library/res/schema';
  const schema = async (name: string) =>
    JSON.parse(await readFile(`${folder}/${name}.SNAPSHOT.schema.json`, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const format of ['idn-email', 'iri-reference']) ajv.addFormat(format, true);
  for (const name of ['spdx', 'jsf-0.82']) {
    ajv.addSchema(await schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  const check = ajv.compile(await schema('bom-1.6'));
  return check(JSON.parse(sbom)) ? [] : check.errors;
}

describe('the bill of materials', () => {
  beforeEach(() => locked.clear());

  it('is CycloneDX 1.6, by its schema', async () => {
    await install('node_modules/@scope/one', { licence: '(MIT OR Apache-2.0)' });
    await install('node_modules/two');

    const sbom = await sbomOf('@scope/one', 'two');

    expect(JSON.parse(sbom)).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    expect(await schemaErrors(sbom)).toEqual([]);
    expect(await schemaErrors(sbom.replace('"library"', '"nonsense"'))).not.toEqual([]);
  });

  it('says of each package what it is, where it came from and where it went', async () => {
    await install('node_modules/@scope/one');

    const { components } = JSON.parse(await sbomOf('@scope/one'));

    expect(components).toEqual([
      {
        type: 'library',
        group: '@scope',
        name: 'one',
        version: '1.2.3',
        'bom-ref': '@scope/one@1.2.3',
        purl: 'pkg:npm/%40scope/one@1.2.3',
        hashes: [{ alg: 'SHA-512', content: '01'.repeat(64) }],
        licenses: [{ license: { id: 'MIT' } }],
        properties: [{ name: 'tokenvend:bundle', value: 'tokens' }],
      },
    ]);
  });

  it('knows what depends on what, each package by the copy that Node finds for it', async () => {
    await install('node_modules/one', { imports: ['two'] });
    await install('node_modules/one/node_modules/two', { imports: ['three'] });
    await install('node_modules/three');

    const { dependencies } = JSON.parse(await sbomOf('one'));

    expect(dependencies).toEqual([
      { ref: 'one@1.2.3', dependsOn: ['two@1.2.3'] },
      { ref: 'ours@1.0.0', dependsOn: ['one@1.2.3', 'three@1.2.3', 'two@1.2.3'] },
      { ref: 'three@1.2.3' },
      { ref: 'two@1.2.3', dependsOn: ['three@1.2.3'] },
    ]);
  });

  it('takes the same version in two places for one package', async () => {
    await install('node_modules/one', { imports: ['two'] });
    await install('node_modules/one/node_modules/two');
    await install('node_modules/two');

    const { components } = JSON.parse(await sbomOf('one', 'two'));

    expect(components.map(({ name }: { name: string }) => name)).toEqual(['one', 'two']);
  });

  it('leaves out what is installed and not bundled', async () => {
    await install('node_modules/one');
    await install('node_modules/unused');

    expect(await sbomOf('one')).not.toContain('unused');
  });

  it('has the same bytes whenever it is made', async () => {
    await install('node_modules/one');
    await install('node_modules/two');

    expect(await sbomOf('one', 'two')).toBe(await sbomOf('two', 'one'));
  });

  it.each([undefined, 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk='])(
    'is not made of what the lockfile has no SHA-512 for: %s',
    async (other) => {
      await install('node_modules/one');
      locked.set('node_modules/one', { version: '1.2.3', integrity: other });

      await expect(sbomOf('one')).rejects.toThrow('one@1.2.3');
    },
  );
});
