import type { FormatError } from '../../core/connection/format-error.ts';
import type { WriteError } from '../agent/write-error.ts';
import type { ClientError, ClientErrorKind } from '../api-client/client-error.ts';
import type { CliError } from './cli-error.ts';
import {
  clientAdvice,
  formatSentences,
  hintSentences,
  refusedByAnother,
  writeSentences,
} from './error-advice.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** How an error ends the process, and what is said about it. */
export interface Explanation {
  readonly exitCode: ExitCode;
  /** Sentences; no line feed at the end, and no secret: the errors hold none. */
  readonly text: string;
  /** The same without what is another each time for the same failure: to tell news by. */
  readonly gist: string;
}

/** Explains the errors that a verb may end with; `undefined` for one that is a defect of ours. */
export function explainError(error: unknown): Explanation | undefined {
  if (isNamed<CliError>(error, 'CliError')) {
    return always(error.exitCode, error.message);
  }
  if (isNamed<ClientError>(error, 'ClientError')) {
    const gist = clientErrorText(error);
    return { exitCode: exitCodeOf[error.kind], text: withRequestId(gist, error), gist };
  }
  if (isNamed<WriteError>(error, 'WriteError')) {
    return always(exitCodes.cannotWrite, writeErrorText(error));
  }
  if (isNamed<FormatError>(error, 'FormatError')) {
    return always(exitCodes.usage, `${formatSentences[error.code]} (${error.message})`);
  }
  return undefined;
}

/** By name and not by class: the parts of the bundle that are loaded later have classes of their own. */
function isNamed<E extends Error>(error: unknown, name: E['name']): error is E {
  return error instanceof Error && error.name === name;
}

const exitCodeOf = {
  usage: exitCodes.usage,
  identity: exitCodes.identity,
  refused: exitCodes.refused,
  throttled: exitCodes.unreachable,
  unavailable: exitCodes.unreachable,
  'not-understood': exitCodes.notUnderstood,
} as const satisfies Record<ClientErrorKind, ExitCode>;

/** An explanation that reads the same each time. */
const always = (exitCode: ExitCode, text: string): Explanation => ({ exitCode, text, gist: text });

/** A hint says what to do by itself: what is said of refusals in general would lead elsewhere. */
function clientErrorText({ message, hint, reason, requestId }: ClientError): string {
  if (hint !== undefined) return hintSentences[hint];
  if (reason === 'denied' && requestId === undefined) return refusedByAnother;
  const advice = clientAdvice[reason];
  return advice === undefined ? message : `${message} ${advice}`;
}

function withRequestId(gist: string, { requestId, reason, hint }: ClientError): string {
  if (requestId === undefined) return gist;
  const isForTeam = reason === 'denied' && hint === undefined;
  const label = isForTeam
    ? 'If you should have access, give the platform team this request id'
    : 'Request id';
  return `${gist} ${label}: ${requestId}.`;
}

function writeErrorText({ path, reason, systemCode }: WriteError): string {
  const why = systemCode === undefined ? '' : ` (${systemCode})`;
  return `${path}: ${writeSentences[reason]}${why}.`;
}
