/**
 * Whether `settled` resolves within `timeoutMs`. The timer keeps no process alive. Whoever stops waiting
 * takes nothing away from those who wait on.
 */
export async function settlesWithin(settled: Promise<void>, timeoutMs: number): Promise<boolean> {
  if (timeoutMs <= 0) return false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, false).unref();
  });
  try {
    return await Promise.race([settled.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
