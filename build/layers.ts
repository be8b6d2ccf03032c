import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type LayerFile, layOut, nodeLayerFiles } from './layer-files.ts';
import { layerZip } from './layer-zip.ts';
import { architectures, fetchNode, layerNodes } from './node-binary.ts';

/** One layer as it is published. */
export interface BuiltLayer {
  readonly name: string;
  readonly zipFile: string;
}

/**
 * Builds the layer for Node.js runtimes: as a zip, and laid out as it will be below `/opt`, where a
 * container image copies it from.
 */
export async function buildNodeLayer(root: string): Promise<BuiltLayer> {
  const files = await nodeLayerFiles(root, join(root, 'dist'));
  await layOut(files, join(root, 'dist', 'layers', 'node'));
  return writeLayer(root, 'node', files);
}

/** Builds the layers for all other runtimes, one for each processor: the same files, and a Node to run them. */
export async function buildStandaloneLayers(root: string): Promise<BuiltLayer[]> {
  const files = await nodeLayerFiles(root, join(root, 'dist'));
  const built: BuiltLayer[] = [];
  for (const release of layerNodes) {
    const { architecture } = release;
    const name = `any-${architectures[architecture]}`;
    const binary = await fetchNode(release, join(root, 'dist', 'node', architecture));
    const all = [...files, { source: binary, path: 'tokenvend/node', isProgram: true }];
    await layOut(all, join(root, 'dist', 'layers', name));
    built.push(await writeLayer(root, name, all));
  }
  return built;
}

async function writeLayer(
  root: string,
  name: string,
  files: readonly LayerFile[],
): Promise<BuiltLayer> {
  const zipFile = join(root, 'dist', 'layers', `tokenvend-${name}.zip`);
  await mkdir(dirname(zipFile), { recursive: true });
  await writeFile(zipFile, await layerZip(files));
  return { name, zipFile };
}
