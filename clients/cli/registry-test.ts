import type { Command } from 'commander';
import type { PlacedFixture } from '../../operator/test/read-fixtures.ts';
import type { Outcome } from '../../operator/test/run-fixture.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { addManual } from './manual.ts';
import { problemLines, problemSummary } from './problem-lines.ts';
import { printJson, printLines, registryArgument, withRegistry } from './registry-document.ts';

interface TestOptions {
  readonly json?: true;
}

interface RunTest {
  readonly placed: PlacedFixture;
  readonly outcome: Outcome;
}

/** `tokenvend registry test <path>`: the tests beside a registry, by the evaluator that vends. */
export function defineTestVerb(command: Command, context: CommandContext): void {
  addManual(command, {
    examples: [['every *.test.yaml beside the files', 'registry test registry']],
  });
  command
    .argument('<path>', registryArgument)
    .option('--json', 'print the outcomes as JSON')
    .action((path: string, options: TestOptions) => test(path, options, context));
}

async function test(path: string, { json }: TestOptions, context: CommandContext): Promise<void> {
  await withRegistry(path, context, async (document) => {
    const { indexDocument } = await import('../../core/registry/index-document.ts');
    const { readFixtures } = await import('../../operator/test/read-fixtures.ts');
    const { runFixture } = await import('../../operator/test/run-fixture.ts');
    const { fixtures, problems } = await readFixtures(path);
    if (problems.length > 0) {
      context.err(`${problemLines(problems)}${problemSummary(problems)}\n`);
      return context.exit(exitCodes.usage);
    }
    const index = indexDocument(document);
    const now = context.clock();
    const tests = fixtures.map((placed) => ({
      placed,
      outcome: runFixture(placed.fixture, index, now),
    }));
    if (json) printJson(context, { ok: failed(tests) === 0, tests: await forPrograms(tests) });
    else await printOutcomes(tests, context);
    if (failed(tests) > 0) context.exit(exitCodes.usage);
  });
}

const failed = (tests: readonly RunTest[]): number =>
  tests.filter(({ outcome }) => !outcome.passed).length;

async function printOutcomes(tests: readonly RunTest[], context: CommandContext): Promise<void> {
  const { outcomeLines } = await import('../../operator/test/outcome-lines.ts');
  for (const { outcome, placed } of tests) printLines(context, outcomeLines(outcome, placed));
  context.err(`${tests.length - failed(tests)} passed, ${failed(tests)} failed\n`);
}

async function forPrograms(tests: readonly RunTest[]) {
  const { summaryOf } = await import('../../operator/explain/verdict-summary.ts');
  return tests.map(({ placed: { file, line }, outcome }) => {
    const { name, passed, verdict, rule = null, expected } = outcome;
    return { name, file, line, passed, rule, expected, got: summaryOf(verdict) };
  });
}
