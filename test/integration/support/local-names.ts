import dns from 'node:dns';
import { vi } from 'vitest';

/** Makes the names resolve to this machine for every driver in this process; others as they did. */
export function resolveHere(names: readonly string[]): void {
  const lookup: unknown = dns.lookup;
  if (typeof lookup !== 'function') throw new Error('no lookup');
  vi.spyOn(dns, 'lookup').mockImplementation((...args: unknown[]) => {
    const [name, options] = args;
    const done = args.at(-1);
    if (typeof name !== 'string' || typeof done !== 'function' || !names.includes(name)) {
      return Reflect.apply(lookup, dns, args);
    }
    const wantsAll = typeof options === 'object' && options !== null && 'all' in options;
    const found = { address: '127.0.0.1', family: 4 };
    return wantsAll && options.all === true
      ? done(null, [found])
      : done(null, found.address, found.family);
  });
}
