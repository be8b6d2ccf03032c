import { readFileSync } from 'node:fs';

/** One instruction, with its continued lines joined and without comments. */
export interface Instruction {
  readonly name: string;
  /** As written, arguments of `ARG` not filled in. */
  readonly text: string;
}

/** A stage: what follows one FROM, which is its first instruction. */
export type Stage = readonly Instruction[];

/** The Dockerfile, stage by stage; what stands before the first FROM is not in it. */
export function stages(): readonly Stage[] {
  const found: Instruction[][] = [];
  for (const instruction of instructions()) {
    if (instruction.name === 'FROM') found.push([]);
    found.at(-1)?.push(instruction);
  }
  return found;
}

/** All instructions. */
export function instructions(): readonly Instruction[] {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');
  const text = lines.filter((line) => !line.startsWith('#')).join('\n');
  // A backslash at the end of a line joins the next one to it, and leaves no line feed behind.
  return text
    .replaceAll('\\\n', '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
      return { name, text: rest };
    });
}

/** The texts of the instructions of one name. */
export function textsOf(stage: readonly Instruction[], name: string): string[] {
  return stage.filter((one) => one.name === name).map(({ text }) => text);
}

/** What `.dockerignore` lets through: it names all that it does, after a line that shuts out everything. */
export function buildContext(): readonly string[] {
  const rules = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [all, ...exceptions] = rules;
  if (all !== '*' || exceptions.some((rule) => !rule.startsWith('!'))) {
    throw new Error('.dockerignore is not a list of what to let through');
  }
  return exceptions.map((rule) => rule.slice(1));
}
