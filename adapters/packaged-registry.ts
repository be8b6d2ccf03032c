import type { Log } from '../core/log.ts';
import { parseDocument } from '../core/registry/document.ts';
import type { RegistryStore } from '../core/registry/store.ts';
import { createFileRegistry, fileSource, readFileAhead } from './file-registry.ts';

/**
 * The compiled registry that the build put beside a function's code. Read, parsed and indexed at once: its
 * size is time that a function's first request has less CPU for. What is wrong with it is told to that
 * request, and not before.
 */
export function packagedRegistry(
  path: string,
  deps: { readonly clock: () => Date; readonly log: Log },
): RegistryStore {
  return createFileRegistry({
    registry: fileSource(path, parseDocument),
    ahead: readFileAhead(path, parseDocument),
    clock: deps.clock,
    report: (fault) => deps.log.error('REGISTRY_REJECTED', { fault }),
  });
}
