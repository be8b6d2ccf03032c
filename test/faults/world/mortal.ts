/** A process that can be killed between any two of its effects. */
export interface Mortal {
  isAlive(): boolean;
  kill(): void;
  /** Resolves when it is killed. */
  readonly death: Promise<void>;
  /**
   * One effect on the world outside. Where the process is dead before it, it does not happen; where it
   * dies while the answer is on its way, nobody learns of it.
   */
  effect<T>(effect: () => Promise<T>): Promise<T>;
}

export function createMortal(): Mortal {
  let alive = true;
  let tell = (): void => undefined;
  const death = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return {
    death,
    isAlive: () => alive,
    kill: () => {
      alive = false;
      tell();
    },
    async effect(effect) {
      if (!alive) return never();
      try {
        const value = await effect();
        return alive ? value : never();
      } catch (error) {
        return alive ? Promise.reject(error) : never();
      }
    },
  };
}

/** What a process gets that is no more. */
export function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
