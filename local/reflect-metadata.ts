/**
 * The three `Reflect` functions that `@peculiar/x509` expects a polyfill to have installed: it wires
 * its algorithms with decorators at import time. Import this file before it, for its effect alone.
 * A real polyfill that was loaded earlier is left in place.
 */
const metadataByTarget = new WeakMap<object, Map<unknown, unknown>>();

function defineMetadata(key: unknown, value: unknown, target: object): void {
  const metadata = metadataByTarget.get(target) ?? new Map<unknown, unknown>();
  metadataByTarget.set(target, metadata.set(key, value));
}

function getOwnMetadata(key: unknown, target: object): unknown {
  return metadataByTarget.get(target)?.get(key);
}

function getMetadata(key: unknown, target: object | null): unknown {
  if (target === null) return undefined;
  return getOwnMetadata(key, target) ?? getMetadata(key, Object.getPrototypeOf(target));
}

if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, { defineMetadata, getOwnMetadata, getMetadata });
}
