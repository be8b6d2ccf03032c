import { readFile } from 'node:fs/promises';
import { type Zippable, zipSync } from 'fflate';
import type { LayerFile } from './layer-files.ts';

/**
 * Packs a layer. The same files give the same bytes, on any machine and on any day: their times are the
 * earliest that a zip can hold, and the compression is not the machine's zlib. That lets anybody compare
 * a published layer with the source.
 */
export async function layerZip(files: readonly LayerFile[]): Promise<Uint8Array> {
  const entries: Zippable = {};
  for (const file of [...files].sort(byPath)) {
    const mode = file.isProgram ? 0o100755 : 0o100644;
    const about = { level: 9, mtime: earliest(), os: unix, attrs: mode * 2 ** 16 } as const;
    entries[file.path] = [await readFile(file.source), about];
  }
  return zipSync(entries);
}

/** As local time, which is what a zip holds. */
const earliest = (): Date => new Date(1980, 0, 1);

/** "Version made by" (APPNOTE.TXT section 4.4.2): says that the attributes are a Unix mode. */
const unix = 3;

const byPath = (one: LayerFile, other: LayerFile): number => (one.path < other.path ? -1 : 1);
