import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type BundleRequest, bundleExtension, extensionParts } from './bundle.ts';
import { noticesName, writeNotices } from './notices.ts';

/** A file of a layer: where it is, what it is called below `/opt`, and whether it is a program. */
export interface LayerFile {
  readonly source: string;
  readonly path: string;
  readonly isProgram: boolean;
}

/** Bundles the extension and names the files of the layer for Node.js runtimes, which bring the Node. */
export async function nodeLayerFiles(root: string, folder: string): Promise<LayerFile[]> {
  const requests = [
    bundleOf(root, folder, 'main', 'extension'),
    ...extensionParts.map((part) => bundleOf(root, folder, part, part)),
  ];
  for (const request of requests) await bundleExtension(request);
  const notices = join(folder, 'extension', noticesName);
  const metafiles = requests.map(({ metafile }) => metafile);
  await writeNotices({ root, metafiles, outfile: notices });
  const launcher = join(root, 'layers', 'extension', 'tokenvend.sh');
  return [
    // Lambda starts every file directly in extensions/, so that nothing else may be there.
    { source: launcher, path: 'extensions/tokenvend', isProgram: true },
    ...requests.map(({ outfile }) => ({
      source: outfile,
      path: `tokenvend/${basename(outfile)}`,
      isProgram: false,
    })),
    { source: join(root, 'LICENSE'), path: 'tokenvend/LICENSE', isProgram: false },
    { source: notices, path: `tokenvend/${noticesName}`, isProgram: false },
  ];
}

/** @param name Of the bundle; the layer's launcher starts `extension.cjs`. */
function bundleOf(root: string, folder: string, entry: string, name: string): BundleRequest {
  return {
    root,
    entry: join(root, 'layers', 'extension', `${entry}.ts`),
    outfile: join(folder, 'extension', `${name}.cjs`),
    metafile: join(folder, 'meta', `${name}.json`),
  };
}

/** Lays the files out as Lambda does below `/opt`: for container images, and for tests. */
export async function layOut(files: readonly LayerFile[], folder: string): Promise<void> {
  for (const { source, path, isProgram } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(source, target);
    await chmod(target, isProgram ? 0o755 : 0o644);
  }
}
