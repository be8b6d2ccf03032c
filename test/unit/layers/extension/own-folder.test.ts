import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOwnFolder, OwnFolderError } from '../../../../layers/extension/own-folder.ts';
import { aTemporaryFolder } from './builders.ts';

const permissions = (path: string): number => statSync(path).mode & 0o777;

function reasonOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
  } catch (error) {
    return error instanceof OwnFolderError ? error.reason : String(error);
  }
  return undefined;
}

describe('the folder', () => {
  it('is made when it is first written to, for others to read at most', () => {
    const path = join(aTemporaryFolder(), 'tokenvend');
    const folder = createOwnFolder(path);

    const file = folder.write('eu-west-1.pem', 'text', 0o644);

    expect(file).toBe(join(path, 'eu-west-1.pem'));
    expect(readFileSync(file, 'utf8')).toBe('text');
    expect(permissions(path) & 0o022).toBe(0);
  });

  it.each([0o600, 0o644])('gives a file the mode %o', (mode) => {
    const folder = createOwnFolder(join(aTemporaryFolder(), 'tokenvend'));

    const file = folder.write('one', 'text', mode);

    expect(permissions(file)).toBe(mode & ~process.umask());
  });

  it('replaces a file as a whole, and leaves nothing beside it', () => {
    const path = join(aTemporaryFolder(), 'tokenvend');
    const folder = createOwnFolder(path);
    const before = statSync(folder.write('one', 'old', 0o644)).ino;

    const after = statSync(folder.write('one', 'new', 0o644)).ino;

    expect(after).not.toBe(before);
    expect(readdirSync(path)).toEqual(['one']);
  });

  it('replaces a link in the place of a file, and writes nothing where it points', () => {
    const outer = aTemporaryFolder();
    const path = join(outer, 'tokenvend');
    mkdirSync(path);
    writeFileSync(join(outer, 'victim'), 'untouched');
    symlinkSync(join(outer, 'victim'), join(path, 'one'));

    const file = createOwnFolder(path).write('one', 'text', 0o644);

    expect(lstatSync(file).isSymbolicLink()).toBe(false);
    expect(readFileSync(join(outer, 'victim'), 'utf8')).toBe('untouched');
  });

  it('is not the folder that a link points to, which somebody else may exchange', () => {
    const outer = aTemporaryFolder();
    mkdirSync(join(outer, 'elsewhere'));
    symlinkSync(join(outer, 'elsewhere'), join(outer, 'tokenvend'));

    const reason = reasonOf(() => createOwnFolder(join(outer, 'tokenvend')).write('a', 'b', 0o644));

    expect(reason).toBe('not-ours');
    expect(readdirSync(join(outer, 'elsewhere'))).toEqual([]);
  });

  it.each([0o777, 0o775, 0o757])('is not one that others may write to (%o)', (mode) => {
    const path = join(aTemporaryFolder(), 'tokenvend');
    mkdirSync(path);
    chmodSync(path, mode);

    expect(reasonOf(() => createOwnFolder(path).write('a', 'b', 0o644))).toBe('not-ours');
  });

  it.runIf(process.geteuid?.() === 0)('is not one that belongs to somebody else', () => {
    const path = join(aTemporaryFolder(), 'tokenvend');
    mkdirSync(path, { mode: 0o755 });
    chownSync(path, 65_534, 65_534);

    expect(reasonOf(() => createOwnFolder(path).write('a', 'b', 0o644))).toBe('not-ours');
  });

  it('says that it cannot be written where there is no place for it', () => {
    const folder = createOwnFolder(join(aTemporaryFolder(), 'missing', 'tokenvend'));

    expect(reasonOf(() => folder.write('a', 'b', 0o644))).toBe('unwritable');
  });

  it('leaves nothing behind of what cannot be put in its place', () => {
    const path = join(aTemporaryFolder(), 'tokenvend');
    mkdirSync(join(path, 'one'), { recursive: true });

    expect(reasonOf(() => createOwnFolder(path).write('one', 'text', 0o644))).toBe('unwritable');
    expect(readdirSync(path)).toEqual(['one']);
  });

  it('says the same of what cannot even be begun', () => {
    const folder = createOwnFolder(join(aTemporaryFolder(), 'tokenvend'));

    expect(reasonOf(() => folder.write('one', 'text', Number.NaN))).toBe('unwritable');
  });

  it('says of itself alone why it cannot be used', () => {
    expect(String(new OwnFolderError('not-ours'))).toBe('OwnFolderError: the folder is not-ours');
  });

  it('knows whether a file of that size is there', () => {
    const folder = createOwnFolder(join(aTemporaryFolder(), 'tokenvend'));
    folder.write('one', 'text', 0o644);

    expect(folder.has('one', 4)).toBe(true);
    expect(folder.has('one', 5)).toBe(false);
    expect(folder.has('two', 4)).toBe(false);
  });
});
