import { basename } from 'node:path';
import { createFileRegistry, fileSource } from '../adapters/file-registry.ts';
import { loadRegistry } from '../core/registry/load.ts';
import type { RegistryDocument } from '../core/registry/model.ts';
import type { RegistryStore } from '../core/registry/store.ts';

/** The registry as written, followed while it is edited; what is wrong with it goes to stderr. */
export function yamlRegistry(path: string, clock: () => Date): RegistryStore {
  const parse = (text: string): RegistryDocument => {
    const loaded = loadRegistry([{ file: basename(path), text }]);
    if (loaded.ok) return loaded.document;
    for (const { file, line, path: place, message } of loaded.problems) {
      process.stderr.write(`${file}:${line}  ${place}  ${message}\n`);
    }
    throw new Error('the registry has problems; the last good version stays in force');
  };
  return createFileRegistry({
    registry: fileSource(path, parse),
    clock,
    report: (fault) => process.stderr.write(`${fault}: the last good registry stays in force\n`),
  });
}
