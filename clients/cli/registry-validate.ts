import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { explainingFaults } from './operator-faults.ts';
import { problemLines, problemSummary } from './problem-lines.ts';
import { createProgress } from './progress.ts';

export interface ValidateOptions {
  readonly strict?: true;
  readonly json?: true;
}

/** Checks the files at a path and prints what is wrong; errors, and with `strict` warnings, end in code 2. */
export async function validate(
  path: string,
  { strict, json }: ValidateOptions,
  context: CommandContext,
): Promise<void> {
  await explainingFaults(context, async () => {
    const { readRegistryFiles } = await import('../../operator/read-registry-files.ts');
    const { checkRegistry } = await import('../../core/registry/load.ts');
    const checked = checkRegistry(await readRegistryFiles(path), createProgress(context));
    const problems = checked.ok ? checked.warnings : checked.problems;
    if (json) context.out(`${JSON.stringify({ ok: checked.ok, problems }, undefined, 2)}\n`);
    else {
      context.out(problemLines(problems));
      context.err(`${problemSummary(problems, checked.ok || checked.isComplete)}\n`);
    }
    if (!checked.ok || (strict && problems.length > 0)) context.exit(exitCodes.usage);
  });
}
