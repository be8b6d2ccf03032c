import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { layOut, nodeLayerFiles } from '../../build/layer-files.ts';
import { layerZip } from '../../build/layer-zip.ts';
import type { RunningPart } from '../../local/running-parts.ts';

/** The layer for Node.js runtimes, built as `npm run build` does. */
export interface BuiltLayer extends RunningPart {
  /** As Lambda lays it out below `/opt`. */
  readonly opt: string;
  readonly zipBytes: number;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds it in a folder of its own, which `close` removes: `dist/` may be from another day. */
export async function buildLayer(): Promise<BuiltLayer> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-bench-'));
  const files = await nodeLayerFiles(root, join(folder, 'build'));
  const opt = join(folder, 'opt');
  await layOut(files, opt);
  const { length: zipBytes } = await layerZip(files);
  return { opt, zipBytes, close: () => rm(folder, { recursive: true, force: true }) };
}
