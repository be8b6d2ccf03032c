import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BundleRequest, bundleExtension } from './bundle.ts';
import { noticesName, writeNotices } from './notices.ts';

/** A file of a layer: where it is, what it is called below `/opt`, and whether it is a program. */
export interface LayerFile {
  readonly source: string;
  readonly path: string;
  readonly isProgram: boolean;
}

/** The request for the extension of a checkout at `root`, with what is made in `folder`. */
export function extensionRequest(root: string, folder: string): BundleRequest {
  return {
    root,
    entry: join(root, 'layers', 'extension', 'main.ts'),
    outfile: join(folder, 'extension', 'extension.cjs'),
    metafile: join(folder, 'meta', 'extension.json'),
  };
}

/** Bundles the extension and names the files of the layer for Node.js runtimes, which bring the Node. */
export async function nodeLayerFiles(root: string, folder: string): Promise<LayerFile[]> {
  const request = extensionRequest(root, folder);
  await bundleExtension(request);
  const notices = join(folder, 'extension', noticesName);
  await writeNotices({ root, metafiles: [request.metafile], outfile: notices });
  const launcher = join(root, 'layers', 'extension', 'tokenvend.sh');
  return [
    // Lambda starts every file directly in extensions/, so that nothing else may be there.
    { source: launcher, path: 'extensions/tokenvend', isProgram: true },
    { source: request.outfile, path: 'tokenvend/extension.cjs', isProgram: false },
    { source: join(root, 'LICENSE'), path: 'tokenvend/LICENSE', isProgram: false },
    { source: notices, path: `tokenvend/${noticesName}`, isProgram: false },
  ];
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
