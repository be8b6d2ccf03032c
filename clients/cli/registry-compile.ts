import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { explainingFaults } from './operator-faults.ts';
import { problemLines, problemSummary } from './problem-lines.ts';
import { createProgress } from './progress.ts';

/** Compiles the files at a path into one file, and prints its version; with errors, nothing is written. */
export async function compile(path: string, out: string, context: CommandContext): Promise<void> {
  await explainingFaults(context, async () => {
    const { compileRegistry } = await import('../../operator/compile-registry.ts');
    const { writeDocument } = await import('../../operator/write-document.ts');
    const compiled = await compileRegistry(path, { fetch: context.fetch }, createProgress(context));
    const problems = compiled.ok ? compiled.warnings : compiled.problems;
    context.err(problemLines(problems));
    if (!compiled.ok) {
      context.err(`${problemSummary(problems, compiled.isComplete)}\n`);
      return context.exit(exitCodes.usage);
    }
    await writeDocument(compiled.document, out);
    context.out(`${compiled.document.version}\n`);
  });
}
