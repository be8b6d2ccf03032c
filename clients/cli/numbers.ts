import { usageError } from './cli-error.ts';

/** A flag's value as a whole number in a range. @throws CliError for anything else. */
export function wholeNumber(
  flag: string,
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    throw usageError(`${flag} takes a whole number from ${least} to ${most}.`);
  }
  return value;
}

/**
 * The mode of files with secrets, in octal: the owner may read and write, others at most read.
 *
 * @throws CliError
 */
export function fileMode(text: string): number {
  if (!/^0?6[04][04]$/.test(text)) {
    throw usageError('--file-mode takes 0600, 0640, 0604 or 0644: nobody else may write.');
  }
  return Number.parseInt(text, 8);
}
