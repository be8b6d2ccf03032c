import type * as z from 'zod';
import { error, type Finding, type Path } from './problem.ts';

/** What a schema found, each with what to do about it; parsed with `sentenceFor`. */
export function shapeFindings(wrong: z.ZodError | undefined): Finding[] {
  return (wrong?.issues ?? []).flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? '' : step));
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key));
    if (issue.code === 'invalid_key')
      return issue.issues.map(({ message }) => error(path, message));
    return [error(path, issue.message)];
  });
}

const unknownKey = (path: Path, key: string): Finding =>
  error([...path, key], 'This key is not known here; correct its spelling or remove it.');
