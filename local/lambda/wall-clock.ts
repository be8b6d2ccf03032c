import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Wall-clock time that can jump, for us and for Node children: a stopped process's monotonic clock
 * runs on, while a thawed microVM finds hours gone on the wall and none on the monotonic clock.
 */
export interface WallClock {
  /** The emulator's `clock` option. */
  readonly clock: () => Date;
  /** For the emulator's `env` option: Node programs then read this clock through `Date`. */
  readonly env: Readonly<Record<string, string>>;
  /** Moves the clock, backwards too. Children see it at their next look. */
  jump(milliseconds: number): void;
  /** Removes the file that children read. They are back to real time then. */
  remove(): void;
}

/** Where the preloaded file finds the offset, in milliseconds as text. */
const fileVariable = 'LOCAL_LAMBDA_CLOCK_FILE';

export function createWallClock(): WallClock {
  const folder = mkdtempSync(join(tmpdir(), 'local-lambda-clock-'));
  const file = join(folder, 'offset-ms');
  const preload = fileURLToPath(new URL('./wall-clock-preload.cjs', import.meta.url));
  let offsetMs = 0;
  const jump = (milliseconds: number): void => {
    offsetMs += milliseconds;
    // Replaced, so that no child ever reads half of it.
    writeFileSync(`${file}.new`, String(offsetMs));
    renameSync(`${file}.new`, file);
  };
  jump(0);
  return {
    clock: () => new Date(Date.now() + offsetMs),
    env: { NODE_OPTIONS: `--require ${JSON.stringify(preload)}`, [fileVariable]: file },
    jump,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
