import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../clients/cli/main.ts';
import { demandBundles } from '../operator/demand-bundles.ts';
import { bundleFunction, functionRequest } from './bundle.ts';
import { buildCommandLine, commandEntry, commandLineRequest } from './command-line.ts';
import { buildExamples } from './examples.ts';
import { type FunctionName, functionNames } from './function-names.ts';
import { buildNodeLayer, buildStandaloneLayers } from './layers.ts';
import { buildLibrary, libraryEntries, libraryRequest } from './library.ts';
import { noticesName, writeNotices } from './notices.ts';
import { packageCertificates } from './packaged-certificates.ts';
import { compilerOf, findRegistry, packageRegistry } from './packaged-registry.ts';
import { sbomName, writeSbom } from './sbom.ts';
import { type BundleSize, measure, measureZip, overBudget, sizeTable } from './sizes.ts';

/**
 * `npm run build`: everything that is deployed or published, into `dist/`. Whatever is missing ends
 * it: half a build looks like a whole one once it is on Lambda.
 *
 * `npm run build -- --all-layers` also builds the layers that bring their own Node: 45 MB each, which
 * takes a minute and the package registry.
 */
const root = fileURLToPath(new URL('..', import.meta.url));

const needRegistry: readonly FunctionName[] = ['authorizer', 'tokens', 'databases'];
const needCertificates: readonly FunctionName[] = ['tokens', 'public', 'probe'];

async function main(): Promise<void> {
  await rm(join(root, 'dist'), { recursive: true, force: true });
  const sizes = [...(await bundles()), ...(await layers(process.argv.includes('--all-layers')))];
  await buildExamples(root);
  await sbom();
  await registry();
  for (const name of needCertificates) {
    await packageCertificates(join(root, 'certificates'), join(folderOf(name), 'certificates'));
  }
  await demandBundles(
    join(folderOf('tokens'), 'registry.json'),
    join(folderOf('tokens'), 'certificates'),
  );
  process.stdout.write(`${sizeTable(sizes)}\n`);
  for (const { name, bytes } of overBudget(sizes)) {
    process.stderr.write(`${name} is over its budget, with ${bytes} bytes.\n`);
    process.exitCode = 1;
  }
}

async function bundles(): Promise<BundleSize[]> {
  const sizes: BundleSize[] = [];
  for (const name of functionNames) {
    const request = functionRequest(root, name);
    await bundleFunction(request);
    await noticesFor(dirname(request.outfile), [request.metafile]);
    sizes.push(await measure(`functions/${name}`, request.outfile));
  }
  const command = commandLineRequest(root);
  await buildCommandLine(command);
  const library = libraryRequest(root);
  await buildLibrary(library);
  await noticesFor(library.outdir, [join(library.workdir, 'library.json')]);
  return [
    ...sizes,
    await measure('cli', join(command.outdir, commandEntry)),
    await measure('library', join(library.outdir, libraryEntries.cjs)),
  ];
}

/** Of all that was bundled; esbuild's accounts of it are in one folder. */
async function sbom(): Promise<void> {
  const folder = join(root, 'dist', 'meta');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const metafiles = names.map((name) => join(folder, name));
  await writeSbom({ root, metafiles, outfile: join(root, 'dist', sbomName) });
}

function noticesFor(folder: string, metafiles: readonly string[]): Promise<void> {
  return writeNotices({ root, metafiles, outfile: join(folder, noticesName) });
}

async function layers(withStandalone: boolean): Promise<BundleSize[]> {
  const built = [await buildNodeLayer(root)];
  if (withStandalone) built.push(...(await buildStandaloneLayers(root)));
  return Promise.all(built.map(({ name, zipFile }) => measureZip(`layers/${name}`, zipFile)));
}

async function registry(): Promise<void> {
  const source = await findRegistry(root, process.env);
  await packageRegistry(compilerOf(run), source.path, needRegistry.map(folderOf));
  const remark = source.isExample ? ' (the example: write registry.yaml to package your own)' : '';
  process.stdout.write(`registry: ${source.path}${remark}\n`);
}

function folderOf(name: FunctionName): string {
  return dirname(functionRequest(root, name).outfile);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
