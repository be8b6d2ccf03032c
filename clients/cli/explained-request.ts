import type { Question } from '../../operator/explain/decide.ts';
import type { RecordedRequest } from '../../operator/explain/recorded-request.ts';
import { usageError } from './cli-error.ts';
import { parseTarget } from './targets.ts';

/** The flags of `explain` that say who asks for what, and when. */
export interface RequestOptions {
  readonly identity?: string;
  readonly requestId?: string;
  readonly records?: string;
  readonly team?: string;
  readonly sourceIp?: string;
  readonly at?: string;
}

/** A request to explain: one that is thought up, or one that was made. */
export interface ExplainedRequest extends Omit<Question, 'suspensions'> {
  readonly recorded?: RecordedRequest;
}

/** Reads the flags and the files that they name. @throws CliError, OperatorError. */
export async function explainedRequest(
  target: string | undefined,
  options: RequestOptions,
  clock: () => Date,
): Promise<ExplainedRequest> {
  const { identity, requestId, records } = options;
  const isOne = (identity === undefined) !== (requestId === undefined);
  if (!isOne) throw usageError('Give --identity, or --request-id with --records.');
  if (identity !== undefined) return imagined(identity, target, options, clock);
  if (records === undefined) throw usageError('--request-id needs --records, the file to look in.');
  return recorded(records, requestId ?? '', target, options);
}

async function imagined(
  identity: string,
  target: string | undefined,
  { team, sourceIp, at }: RequestOptions,
  clock: () => Date,
): Promise<ExplainedRequest> {
  if (target === undefined) throw usageError('Name a database or database/user.');
  const { readCaller } = await import('../../operator/explain/read-caller.ts');
  const now = at === undefined ? clock() : instant(at);
  const wish = { ...wishFor(target), ...(team === undefined ? {} : { team }) };
  return { caller: await readCaller(identity), wish, now, sourceIp };
}

/** Flags change the circumstances: what if the same had been asked for later, or from elsewhere? */
async function recorded(
  path: string,
  id: string,
  target: string | undefined,
  { team, sourceIp, at }: RequestOptions,
): Promise<ExplainedRequest> {
  const { readRecordedRequest } = await import('../../operator/explain/recorded-request.ts');
  const request = await readRecordedRequest(path, id);
  const wished = target === undefined ? request.wish : wishFor(target);
  return {
    caller: request.caller,
    wish: team === undefined ? wished : { ...wished, team },
    now: at === undefined ? request.now : instant(at),
    sourceIp: sourceIp ?? request.sourceIp,
    recorded: request,
  };
}

function wishFor(target: string) {
  const { database, user } = parseTarget(target);
  return user === undefined ? { database } : { database, user };
}

/** What `--at` says. @throws CliError. */
export function instant(text: string): Date {
  const found = new Date(text);
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:\d\d)$/.test(text);
  if (!isWhole || Number.isNaN(found.getTime())) {
    throw usageError('--at is a date and time with its offset, such as 2027-01-31T00:00:00Z.');
  }
  return found;
}
