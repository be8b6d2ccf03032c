import type { SetupStep } from './setup-steps.ts';

/** The steps as a shell script to read and run by parts: notes are comments. */
export function setupLines(steps: readonly SetupStep[]): readonly string[] {
  return steps.flatMap(({ title, notes, commands }, at) => [
    ...(at === 0 ? [] : ['']),
    `# ${at + 1}. ${title}`,
    ...notes.map((note) => `#    ${note}`),
    ...commands,
  ]);
}
