import { createProgress } from '../../clients/cli/progress.ts';
import type { Progress } from '../../core/registry/progress.ts';

/** As the operator's command line shows it, on stderr: stdout is the functions'. */
export const shownProgress = (): Progress =>
  createProgress({
    err: (text) => process.stderr.write(`  ${text}`),
    clock: () => new Date(),
    isWatched: process.stderr.isTTY === true,
  });
