import type { Log } from '../core/log.ts';
import { parseDocument } from '../core/registry/document.ts';
import type { RegistryStore } from '../core/registry/store.ts';
import { createFileRegistry, fileSource } from './file-registry.ts';

/** The compiled registry that the build put beside a function's code. */
export function packagedRegistry(
  path: string,
  deps: { readonly clock: () => Date; readonly log: Log },
): RegistryStore {
  return createFileRegistry({
    registry: fileSource(path, parseDocument),
    clock: deps.clock,
    report: (fault) => deps.log.error('REGISTRY_REJECTED', { fault }),
  });
}
