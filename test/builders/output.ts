/** Collects what this process writes to stdout and stderr, instead of writing it. */
export function recordOutput(): { lines(): string[]; text(): string; stop(): void } {
  const written: string[] = [];
  const originals = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      written.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      for (const done of rest) if (typeof done === 'function') done();
      return true;
    };
    return () => {
      stream.write = write;
    };
  });
  return {
    text: () => written.join(''),
    lines: () =>
      written
        .join('')
        .split('\n')
        .filter((line) => line !== ''),
    stop: () => {
      for (const restore of originals) restore();
    },
  };
}
