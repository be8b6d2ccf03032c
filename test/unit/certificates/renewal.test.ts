import { describe, expect, it } from 'vitest';
import { Refusal, type RefusalCode } from '../../../certificates/refusal.ts';
import { officialUrls } from '../../../certificates/regions.ts';
import { type RenewalDependencies, renew } from '../../../certificates/renewal.ts';
import { parseOptions } from '../../../certificates/renewal-options.ts';
import {
  amazonPem,
  canadaWestPem,
  in2026,
  leafDressedAsRoot,
  pemNamed,
  regionPem,
} from './sample-pem.ts';

const irelandWithoutEcc =
  pemNamed('Amazon RDS eu-west-1 Root CA RSA2048 G1') +
  pemNamed('Amazon RDS eu-west-1 Root CA RSA4096 G1');

describe('renew from the official truststores', () => {
  it('brings a region on board and leaves the others as they are', async () => {
    const world = aWorld({ published: { 'ca-west-1': canadaWestPem } });

    await run(world, ['ca-west-1']);

    expect(world.files.get('ca-west-1.pem')).toBe(canadaWestPem);
    expect(world.files.get('eu-west-1.pem')).toBe(regionPem('eu-west-1'));
    expect(world.files.get('global.pem')).toBe(regionPem('eu-west-1') + canadaWestPem);
    expect(Object.keys(JSON.parse(world.files.get('index.json') ?? '').bundles)).toEqual([
      'ca-west-1',
      'eu-west-1',
      'global',
    ]);
  });

  it('takes everything that is published, and passes over regions that have nothing yet', async () => {
    const world = aWorld({
      published: { 'eu-west-1': regionPem('eu-west-1'), 'eu-west-2': regionPem('eu-west-2') },
    });

    await run(world, []);

    expect(world.files.get('eu-west-2.pem')).toBe(regionPem('eu-west-2'));
    expect(world.files.has('ca-west-1.pem')).toBe(false);
    expect(world.printed.at(-1)).toContain('ca-west-1');
  });

  it('puts the five roots of Amazon Trust Services together', async () => {
    const world = aWorld({ published: { 'amazon-roots': amazonPem() } });

    await run(world, ['amazon-roots']);

    expect(world.files.get('amazon-roots.pem')).toBe(amazonPem());
  });

  it('writes nothing where nothing has changed', async () => {
    const world = aWorld({ published: { 'eu-west-1': regionPem('eu-west-1') } });
    await run(world, ['eu-west-1']);
    world.written.length = 0;

    await run(world, ['eu-west-1']);

    expect(world.written).toEqual([]);
  });

  it.each<[string, RefusalCode, Record<string, string>, readonly string[]]>([
    ['a bundle on board is no longer published', 'not-published', {}, []],
    ['a region asked for is not published', 'not-published', {}, ['ca-west-1']],
    ['no public address is known', 'not-published', {}, ['eusc-de-east-1']],
    ['a root that is still valid is gone', 'root-lost', { 'eu-west-1': irelandWithoutEcc }, []],
    [
      'a root of another region is served',
      'unexpected-root',
      { 'eu-west-1': regionPem('eu-west-1') + canadaWestPem },
      [],
    ],
    ['a public root is served as a region', 'unexpected-root', { 'eu-west-1': amazonPem() }, []],
    ['a leaf is served', 'not-a-ca', { 'eu-west-1': leafDressedAsRoot }, []],
    [
      'only expired certificates are served',
      'bundle-empty',
      { 'eu-west-1': pemNamed('Amazon RDS eu-west-1 2019 CA') },
      [],
    ],
  ])('refuses, and writes nothing, when %s', async (_what, code, published, args) => {
    const world = aWorld({ published });

    await expect(run(world, args)).rejects.toMatchObject({ code });

    expect(world.written).toEqual([]);
  });

  it('writes nothing when the last of several bundles is refused', async () => {
    const world = aWorld({
      published: { 'ca-west-1': canadaWestPem, 'eu-west-2': leafDressedAsRoot },
    });

    await expect(run(world, ['ca-west-1', 'eu-west-2'])).rejects.toBeInstanceOf(Refusal);

    expect(world.written).toEqual([]);
  });

  it('lets a root go when told so, and says which', async () => {
    const world = aWorld({ published: { 'eu-west-1': irelandWithoutEcc } });

    await run(world, ['eu-west-1', '--allow-removals']);

    expect(world.files.get('eu-west-1.pem')).toBe(irelandWithoutEcc);
    expect(world.printed).toContainEqual(expect.stringMatching(/^- .*eu-west-1 Root CA ECC384 G1/));
  });

  it('lets an expired root go unasked', async () => {
    const old = pemNamed('Amazon RDS eu-west-1 2019 CA');
    const world = aWorld({ published: { 'eu-west-1': regionPem('eu-west-1') } });
    world.files.set('eu-west-1.pem', old + regionPem('eu-west-1'));

    await run(world, ['eu-west-1']);

    expect(world.files.get('eu-west-1.pem')).toBe(regionPem('eu-west-1'));
  });
});

describe('renew from the npm package', () => {
  it('adds its regions and keeps those it lacks', async () => {
    const world = aWorld({ npm: regionPem('eu-west-1') + amazonPem() });
    world.files.set('ca-west-1.pem', canadaWestPem);

    await run(world, ['--from-npm']);

    expect(world.files.get('ca-west-1.pem')).toBe(canadaWestPem);
    expect(world.files.get('amazon-roots.pem')).toBe(amazonPem());
  });

  it('takes only the bundles named', async () => {
    const world = aWorld({ npm: regionPem('eu-west-2') + amazonPem() });

    await run(world, ['--from-npm', 'eu-west-2']);

    expect(world.files.has('eu-west-2.pem')).toBe(true);
    expect(world.files.has('amazon-roots.pem')).toBe(false);
  });

  it('refuses to go back to an older set of roots', async () => {
    const world = aWorld({ npm: irelandWithoutEcc });

    await expect(run(world, ['--from-npm'])).rejects.toMatchObject({ code: 'root-lost' });
  });

  it('says so when it lacks a bundle asked for', async () => {
    const world = aWorld({ npm: regionPem('eu-west-1') });

    await expect(run(world, ['--from-npm', 'ca-west-1'])).rejects.toMatchObject({
      code: 'not-published',
    });
  });
});

describe('renew from a file', () => {
  it('brings the one bundle on board', async () => {
    const world = aWorld({ onDisk: { 'download.pem': canadaWestPem } });

    await run(world, ['--from-file', 'download.pem', 'ca-west-1']);

    expect(world.files.get('ca-west-1.pem')).toBe(canadaWestPem);
  });

  it('refuses a file of another region', async () => {
    const world = aWorld({ onDisk: { 'download.pem': canadaWestPem } });

    await expect(run(world, ['--from-file', 'download.pem', 'eu-west-2'])).rejects.toMatchObject({
      code: 'unexpected-root',
    });
  });
});

interface World {
  readonly files: Map<string, string>;
  readonly written: string[];
  readonly printed: string[];
  readonly deps: RenewalDependencies;
}

/** A folder with eu-west-1 on board, and what the outside world has to offer. */
function aWorld(offers: {
  readonly published?: Readonly<Record<string, string>>;
  readonly npm?: string;
  readonly onDisk?: Readonly<Record<string, string>>;
}): World {
  const files = new Map([['eu-west-1.pem', regionPem('eu-west-1')]]);
  const [written, printed]: [string[], string[]] = [[], []];
  const deps: RenewalDependencies = {
    files: {
      read: (file) => files.get(file),
      write: (file, text) => {
        written.push(file);
        files.set(file, text);
      },
    },
    download: async (url) => publishedAt(url, offers.published ?? {}),
    npmPem: async () => offers.npm ?? '',
    readPem: (path) => offers.onDisk?.[path] ?? '',
    clock: () => in2026,
    print: (line) => printed.push(line),
  };
  return { files, written, printed, deps };
}

/** A bundle lies at its one address; of several addresses, each has one certificate. */
function publishedAt(url: URL, published: Readonly<Record<string, string>>): string {
  for (const [bundle, pem] of Object.entries(published)) {
    const urls = officialUrls(bundle).map(String);
    const at = urls.indexOf(url.href);
    if (at >= 0) return urls.length === 1 ? pem : (pem.split(/(?<=-----END.*\n)/)[at] ?? '');
  }
  throw new Refusal('not-published', '404');
}

async function run(world: World, args: readonly string[]): Promise<void> {
  await renew(world.deps, parseOptions(args));
}
