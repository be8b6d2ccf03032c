import { deferred } from '../../builders/deferred.ts';

/** A stream that has accepted a line only when it is opened. */
export function aGatedStream(): Pick<NodeJS.WritableStream, 'write'> & {
  readonly lines: readonly string[];
  open(): void;
} {
  const lines: string[] = [];
  const gate = deferred<void>();
  return {
    lines,
    open: () => gate.resolve(undefined),
    write(line: string | Uint8Array, ...rest: unknown[]) {
      lines.push(String(line));
      const done = rest.at(-1);
      gate.promise.then(() => (typeof done === 'function' ? done() : undefined)).catch(() => {});
      return true;
    },
  };
}
