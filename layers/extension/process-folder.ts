import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOwnFolder, type OwnFolder } from './own-folder.ts';

/** Where CA files are, and the token of a server that runs outside Lambda: `/tmp/tokenvend`. */
export function processFolder(): OwnFolder {
  return createOwnFolder(join(tmpdir(), 'tokenvend'));
}
