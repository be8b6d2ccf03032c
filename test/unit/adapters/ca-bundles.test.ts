import { createHash } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCaBundles, missingBundleMessage } from '../../../adapters/ca-bundles.ts';
import { VendError } from '../../../core/errors.ts';

const onBoard = join(import.meta.dirname, '../../../certificates');

describe('createCaBundles', () => {
  it('finds a bundle with its hash', () => {
    const bundle = createCaBundles({ directory: onBoard }).find('eu-west-1');

    expect(bundle?.name).toBe('eu-west-1');
    expect(bundle?.sha256).toBe(sha256(bundle?.pem ?? ''));
    expect(bundle?.pem).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  });

  it('reads only what is asked for, and once', () => {
    const folder = aFolder({ 'eu-west-1': 'ireland', 'us-east-1': 'virginia' });
    const bundles = createCaBundles(folder);

    bundles.find('eu-west-1');
    bundles.find('eu-west-1');

    expect(folder.reads).toEqual(['/ca/index.json', '/ca/eu-west-1.pem']);
  });

  it('lists the names on board', () => {
    const bundles = createCaBundles(aFolder({ 'eu-west-1': 'ireland', 'local-1': 'own' }));

    expect(bundles.names()).toEqual(['eu-west-1', 'local-1']);
  });

  it.each([
    'ca-west-1',
    '../global',
    '../certificates/global',
    '/etc/ssl/cert',
    'eu-west-1.pem',
    'EU-WEST-1',
    'eu-west-1\0',
    ' eu-west-1',
    'index',
    '__proto__',
    'constructor',
    'toString',
    '',
  ])('finds nothing under %j, and reads nothing for it', (name) => {
    const folder = aFolder({ 'eu-west-1': 'ireland', global: 'all' });
    const bundles = createCaBundles(folder);

    expect(bundles.find(name)).toBeUndefined();
    expect(folder.reads).toEqual(['/ca/index.json']);
  });

  it('finds nothing under any name that is not in the index', () => {
    const bundles = createCaBundles({ directory: onBoard });
    const known = new Set(bundles.names());
    const others = fc.string().filter((name) => !known.has(name));

    fc.assert(fc.property(others, (name) => bundles.find(name) === undefined));
  });

  it.each([
    ['was changed after the index was made', 'ireland, and one root more'],
    ['is not there', undefined],
  ])('serves no bundle whose file %s', (_what, text) => {
    const folder = aFolder({ 'eu-west-1': 'ireland' });
    const bundles = createCaBundles(folder);
    folder.replace('/ca/eu-west-1.pem', text);

    expect(codeOf(() => bundles.find('eu-west-1'))).toEqual(['INTERNAL', 'ca-bundle-missing']);
  });

  it('tries again after a bundle could not be read', () => {
    const folder = aFolder({ 'eu-west-1': 'ireland' });
    const bundles = createCaBundles(folder);
    folder.replace('/ca/eu-west-1.pem', undefined);
    expect(() => bundles.find('eu-west-1')).toThrow(VendError);

    folder.replace('/ca/eu-west-1.pem', 'ireland');

    expect(bundles.find('eu-west-1')?.pem).toBe('ireland');
  });

  it.each([
    ['is missing', undefined],
    ['is no JSON', '{'],
    ['has no bundles', '{}'],
    ['is a list', '[]'],
    ['has a hash that is none', '{"bundles":{"eu-west-1":{"sha256":"ABC"}}}'],
    ['has a bundle without a hash', '{"bundles":{"eu-west-1":{}}}'],
    ['names a file elsewhere', `{"bundles":{"../secrets":{"sha256":"${sha256('x')}"}}}`],
  ])('refuses to start with an index that %s', (_what, index) => {
    const folder = aFolder({});
    folder.replace('/ca/index.json', index);

    expect(() => createCaBundles(folder)).toThrow();
  });
});

describe('missingBundleMessage', () => {
  it('tells the operator what to run', () => {
    expect(missingBundleMessage('ca-west-1')).toContain('node certificates/update.ts ca-west-1');
  });
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function codeOf(action: () => unknown): readonly string[] {
  try {
    action();
  } catch (error) {
    if (error instanceof VendError) return [error.code, error.reason];
    throw error;
  }
  return [];
}

/** A folder in memory with these bundles and their index; it keeps a list of what was read. */
function aFolder(pems: Readonly<Record<string, string>>) {
  const bundles = Object.fromEntries(
    Object.entries(pems).map(([name, pem]) => [name, { sha256: sha256(pem) }]),
  );
  const files = new Map<string, string | undefined>([
    ['/ca/index.json', JSON.stringify({ bundles })],
    ...Object.entries(pems).map(([name, pem]) => [`/ca/${name}.pem`, pem] as const),
  ]);
  const reads: string[] = [];
  return {
    directory: '/ca',
    reads,
    replace: (path: string, text: string | undefined) => files.set(path, text),
    read(path: string): string {
      reads.push(path);
      const text = files.get(path);
      if (text === undefined) throw new Error('no such file');
      return text;
    },
  };
}
