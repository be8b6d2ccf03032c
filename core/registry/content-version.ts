import { createHash } from 'node:crypto';

/** Names a content by what it is: `sha256:` and 12 hex digits of its canonical JSON. */
export function contentVersion(content: unknown): string {
  const digest = createHash('sha256').update(canonicalJson(content)).digest('hex');
  return `sha256:${digest.slice(0, 12)}`;
}

/** JSON with the keys of every object in order, so that equal contents give equal texts. */
export function canonicalJson(content: unknown): string {
  return JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

/** Freezes a tree of plain values: one document is read by every request of its function. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
