import { readFile } from 'node:fs/promises';
import { OperatorError } from '../operator-error.ts';

/** A file that the operator names. @throws OperatorError `path-unreadable`. */
export async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new OperatorError('path-unreadable', `${path} cannot be read.`);
  }
}

/** The value that `text` is in JSON, or undefined where it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What was given cannot be what was meant. */
export const invalid = (message: string): OperatorError =>
  new OperatorError('input-invalid', message);
