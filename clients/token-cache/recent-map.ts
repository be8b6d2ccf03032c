/** A map that holds a limited number of entries: the least recently used one goes first. */
export interface RecentMap<V> {
  /** Does not count as a use. */
  get(key: string): V | undefined;
  /** Counts as a use. */
  set(key: string, value: V): void;
  /** A copy, so that the map may change while it is read. */
  entries(): readonly (readonly [key: string, value: V])[];
  clear(): void;
}

export function createRecentMap<V>(maxEntries: number): RecentMap<V> {
  // A Map keeps the order of insertion: the first key is the one not used for longest.
  const values = new Map<string, V>();
  return {
    get: (key) => values.get(key),
    set(key, value) {
      values.delete(key);
      values.set(key, value);
      if (values.size <= maxEntries) return;
      for (const oldest of values.keys()) {
        values.delete(oldest);
        return;
      }
    },
    entries: () => [...values],
    clear: () => values.clear(),
  };
}
