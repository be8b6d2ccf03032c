/** A map with a bound: when it is full, the entry that was used least recently makes room. */
export interface RecentlyUsed<T> {
  /** Counts as a use. */
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
}

/**
 * Keeps at most `max` entries, in the order in which a `Map` remembers its insertions.
 *
 * No library: the usual one reserves room for all of `max` at once, which costs every cold start some
 * milliseconds for thousands of entries that most functions never see.
 */
export function recentlyUsed<T>(max: number): RecentlyUsed<T> {
  const entries = new Map<string, T>();

  const put = (key: string, value: T): void => {
    entries.delete(key);
    entries.set(key, value);
  };

  return {
    get(key) {
      const value = entries.get(key);
      if (value !== undefined) put(key, value);
      return value;
    },
    set(key, value) {
      put(key, value);
      const [oldest] = entries.keys();
      if (oldest !== undefined && entries.size > max) entries.delete(oldest);
    },
    delete(key) {
      entries.delete(key);
    },
  };
}
