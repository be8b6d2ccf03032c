/** Something that was started and has to be ended. */
export interface RunningPart {
  close(): Promise<void>;
}

/** Keeps what has been started, to end it in reverse order: later parts use earlier ones. */
export interface RunningParts extends RunningPart {
  add<T extends RunningPart>(starting: Promise<T>): Promise<T>;
}

/** `close` may be called again; a part that fails to end does not keep the others running. */
export function runningParts(): RunningParts {
  const parts: RunningPart[] = [];
  return {
    async add(starting) {
      const part = await starting;
      parts.push(part);
      return part;
    },
    async close() {
      const failures: unknown[] = [];
      for (const part of parts.splice(0).reverse()) {
        await part.close().catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw new AggregateError(failures, 'not everything could be ended');
    },
  };
}
