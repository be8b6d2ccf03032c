import type { ChildProcess } from 'node:child_process';
import { type Measurement, parseMeasurements } from './measurement.ts';

/**
 * The figures that a forked process sends before it ends. Rejects where it fails, whose error is then on
 * stderr.
 *
 * @param what For the message, such as `the suite vend`.
 */
export async function figuresOf(
  child: ChildProcess,
  what: string,
): Promise<readonly Measurement[]> {
  let sent: unknown;
  child.on('message', (message) => {
    sent = message;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`${what} failed`);
  return parseMeasurements(sent);
}
