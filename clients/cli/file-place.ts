import { resolve } from 'node:path';
import { makeFolders } from '../agent/make-folders.ts';
import { openModeOf } from '../agent/open-mode.ts';
import type { CommandContext } from './command-context.ts';

/**
 * Makes the folder of `--dir`, where it does not exist; where it does, says once if other users of the
 * machine could lead readers elsewhere from there. A warning and no more: whoever made it so may be the
 * only one here, and each target's own folder is closed to others in any case.
 *
 * Rejects with `WriteError`.
 */
export async function preparePlace(
  { dir }: { readonly dir: string },
  { err }: Pick<CommandContext, 'err'>,
): Promise<void> {
  const path = resolve(dir);
  await makeFolders(path, 0o755);
  // What cannot be looked at cannot be written to either, which is said then.
  const mode = await openModeOf(path).catch(() => undefined);
  if (mode === undefined) return;
  err(
    `tokenvend: warning: others may write to ${path} (mode 0${mode.toString(8)}), and could put files ` +
      `of theirs in the place of ours: chmod go-w ${path}\n`,
  );
}
