import type { ExitCode } from '../exit-codes.ts';

/** What one check saw, and what is to be done about it. Never a secret. */
export interface Finding {
  /** Which check, in a word or two. */
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was seen, in one line. */
  readonly saw: string;
  /** What to do, in sentences. */
  readonly todo?: string | undefined;
  /** How the process ends, where the check failed. */
  readonly exitCode?: ExitCode | undefined;
}

export const ok = (check: string, saw: string): Finding => ({ check, status: 'ok', saw });

export const warning = (check: string, saw: string, todo: string): Finding => ({
  check,
  status: 'warning',
  saw,
  todo,
});

export const skipped = (check: string, saw: string): Finding => ({ check, status: 'skipped', saw });

export const failed = (check: string, saw: string, todo: string, exitCode: ExitCode): Finding => ({
  check,
  status: 'failed',
  saw,
  todo,
  exitCode,
});
