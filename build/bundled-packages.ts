import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A package of somebody else's of which a bundle holds something. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression; empty where the package says nothing. */
  readonly licence: string;
  readonly author: string;
  readonly folder: string;
}

const metafileSchema = z.object({
  outputs: z.record(
    z.string(),
    z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) }),
  ),
});

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().default(''),
  author: z
    .union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
    .default(''),
});

/**
 * The packages in bundles, by name and version, according to esbuild's own account of them: what was
 * shaken out to the last byte is not there. `metafiles` are paths; those inside are relative to `root`.
 */
export async function bundledPackages(
  root: string,
  metafiles: readonly string[],
): Promise<readonly BundledPackage[]> {
  const inputs = (await Promise.all(metafiles.map(inputsOf))).flat();
  const folders = new Set(inputs.flatMap((path) => packageFolder(path) ?? []));
  const packages = await Promise.all([...folders].map((folder) => readPackage(join(root, folder))));
  // The same version may be installed in several places.
  const byId = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byId].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, found]) => found);
}

async function inputsOf(metafile: string): Promise<readonly string[]> {
  const { outputs } = metafileSchema.parse(JSON.parse(await readFile(metafile, 'utf8')));
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : [])),
  );
}

/** The innermost: packages bring packages of their own. */
function packageFolder(path: string): string | undefined {
  return /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
}

async function readPackage(folder: string): Promise<BundledPackage> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const { license: licence, ...about } = manifestSchema.parse(manifest);
  return { ...about, licence, folder };
}
