import { chmodSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCaFiles } from '../../../../layers/extension/ca-files.ts';
import { createOwnFolder, OwnFolderError } from '../../../../layers/extension/own-folder.ts';
import { aBundle, aLog, aTemporaryFolder } from './builders.ts';

function someFiles() {
  const path = join(aTemporaryFolder(), 'tokenvend');
  const { log, entries } = aLog();
  return { path, entries, caFiles: createCaFiles({ folder: createOwnFolder(path), log }) };
}

describe('CA files', () => {
  it('are written when a bundle comes, before anybody asks', () => {
    const { caFiles, path } = someFiles();

    caFiles.keep(aBundle());

    expect(readFileSync(join(path, 'eu-west-1.pem'), 'utf8')).toBe(aBundle().pem);
    expect(caFiles.find('eu-west-1')).toEqual(aBundle());
    expect(caFiles.fileOf(aBundle())).toBe(join(path, 'eu-west-1.pem'));
  });

  it('are not written again while they are there', () => {
    const { caFiles, path } = someFiles();
    caFiles.keep(aBundle());
    const { ino } = statSync(join(path, 'eu-west-1.pem'));

    expect(statSync(caFiles.fileOf(aBundle())).ino).toBe(ino);
  });

  it('that nobody foresaw to fail are said to be unwritable', () => {
    const { log, entries } = aLog();
    const write = (): string => {
      throw new RangeError('planted');
    };
    const caFiles = createCaFiles({ folder: { write, has: () => false }, log });

    caFiles.keep(aBundle());

    expect(entries()).toMatchObject([{ code: 'CA_UNWRITABLE', reason: 'unwritable' }]);
  });

  it('are not written again for the same bundle', () => {
    const { caFiles, path } = someFiles();
    caFiles.keep(aBundle());
    const { ino } = statSync(join(path, 'eu-west-1.pem'));

    caFiles.keep(aBundle());

    expect(statSync(join(path, 'eu-west-1.pem')).ino).toBe(ino);
  });

  it('follow a renewal', () => {
    const { caFiles, path } = someFiles();
    caFiles.keep(aBundle('eu-west-1', 'OLD1'));

    caFiles.keep(aBundle('eu-west-1', 'NEW1'));

    expect(readFileSync(join(path, 'eu-west-1.pem'), 'utf8')).toContain('NEW1');
  });

  it('come back after the function has emptied /tmp', () => {
    const { caFiles, path } = someFiles();
    caFiles.keep(aBundle());
    rmSync(path, { recursive: true });

    const file = caFiles.fileOf(aBundle());

    expect(readFileSync(file, 'utf8')).toBe(aBundle().pem);
  });

  it('are written again where a full disk has cut them off', () => {
    const { caFiles, path } = someFiles();
    caFiles.keep(aBundle());
    truncateSync(join(path, 'eu-west-1.pem'), 3);

    expect(readFileSync(caFiles.fileOf(aBundle()), 'utf8')).toBe(aBundle().pem);
  });

  it('are written again where a renewal could not be written', () => {
    const { caFiles, path } = someFiles();
    caFiles.keep(aBundle('eu-west-1', 'OLD1'));
    chmodSync(path, 0o777);
    caFiles.keep(aBundle('eu-west-1', 'NEW1'));
    chmodSync(path, 0o755);

    const file = caFiles.fileOf(aBundle('eu-west-1', 'NEW1'));

    expect(readFileSync(file, 'utf8')).toContain('NEW1');
  });

  it('are not those that somebody else has left', () => {
    const { caFiles, path } = someFiles();
    const { pem } = aBundle();
    createOwnFolder(path).write('eu-west-1.pem', 'x'.repeat(pem.length), 0o644);

    expect(readFileSync(caFiles.fileOf(aBundle()), 'utf8')).toBe(pem);
  });

  it('are never said to be where they are not', () => {
    const { caFiles, path, entries } = someFiles();
    createOwnFolder(path).write('other', '', 0o600);
    chmodSync(path, 0o777);

    caFiles.keep(aBundle());

    expect(entries()).toMatchObject([{ code: 'CA_UNWRITABLE', reason: 'not-ours' }]);
    expect(() => caFiles.fileOf(aBundle())).toThrow(OwnFolderError);
    expect(caFiles.find('eu-west-1')).toEqual(aBundle());
  });
});
