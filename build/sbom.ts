import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { z } from 'zod';
import { type BundledPackage, bundledPackages } from './bundled-packages.ts';
import { sbomComponent } from './sbom-component.ts';
import { dependenciesOf, readLockfile } from './sbom-lockfile.ts';

/** The file's name, in `dist/`. */
export const sbomName = 'sbom.cdx.json';

/** What to write a bill of materials of, and where to. Paths are absolute. */
export interface SbomRequest {
  /** A checkout: its package.json, its package-lock.json, and what the metafiles' paths are relative to. */
  readonly root: string;
  /** esbuild's accounts of the bundles; each is named after its bundle. */
  readonly metafiles: readonly string[];
  readonly outfile: string;
}

/**
 * Writes what the bundles hold of others, as CycloneDX 1.6 JSON (ECMA-424): name, version, licence,
 * hash, the bundles it is in, and what it depends on there. The same sources give the same bytes, so
 * that there is no time in it and no serial number.
 *
 * Rejects where a package is not in the lockfile with its hash: nobody could say what was bundled.
 */
export async function writeSbom({ root, metafiles, outfile }: SbomRequest): Promise<void> {
  const bom = new Models.Bom();
  bom.metadata.component = await ownComponent(root);
  await addComponents(bom, root, metafiles);
  const serializer = new Serialize.JsonSerializer(
    new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6),
  );
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(outfile, `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`);
}

const manifestShape = z.object({ name: z.string(), version: z.string() });

async function ownComponent(root: string): Promise<Models.Component> {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { name, version } = manifestShape.parse(manifest);
  const bomRef = `${name}@${version}`;
  return new Models.Component(Enums.ComponentType.Application, name, { version, bomRef });
}

async function addComponents(
  bom: Models.Bom,
  root: string,
  metafiles: readonly string[],
): Promise<void> {
  const lockfile = await readLockfile(root);
  const bundles = await bundlesByPackage(root, metafiles);
  const packages = await bundledPackages(root, metafiles);
  const components = new Map<string, Models.Component>();
  for (const one of packages) {
    const { integrity } = lockfile.get(relative(root, one.folder)) ?? {};
    components.set(idOf(one), sbomComponent(one, integrity, bundles.get(idOf(one))));
  }
  for (const one of packages) {
    const needed = dependenciesOf(lockfile, relative(root, one.folder));
    const component = components.get(idOf(one));
    // What is needed and not there was not bundled.
    for (const id of needed) addDependency(component, components.get(id));
    addDependency(bom.metadata.component, component);
    if (component !== undefined) bom.components.add(component);
  }
}

function addDependency(from: Models.Component | undefined, on: Models.Component | undefined): void {
  if (on !== undefined) from?.dependencies.add(on.bomRef);
}

const idOf = ({ name, version }: BundledPackage): string => `${name}@${version}`;

/** The names of the bundles in which something of a package is. */
async function bundlesByPackage(
  root: string,
  metafiles: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for (const metafile of metafiles) {
    for (const one of await bundledPackages(root, [metafile])) {
      found.set(idOf(one), [...(found.get(idOf(one)) ?? []), basename(metafile, '.json')]);
    }
  }
  return found;
}
