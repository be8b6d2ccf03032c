/** A promise that the test settles when it is ready to. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    [resolve, reject] = [onValue, onError];
  });
  return { promise, resolve, reject };
}

/** Lets everything run that can run without time passing. */
export async function settle(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Whether `promise` has neither resolved nor rejected by now. */
export async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const stillOpen = Symbol('pending');
  const opened = settle().then(() => stillOpen);
  return (await Promise.race([promise.catch(() => undefined), opened])) === stillOpen;
}
