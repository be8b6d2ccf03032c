import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { env } from '../../core/connection/env.ts';
import { FormatError } from '../../core/connection/format-error.ts';
import { targetOf } from '../../core/connection/target.ts';
import { VendError } from '../../core/errors.ts';
import type { VendAnswer } from '../../core/vend-answer.ts';
import { jsonAnswer, textAnswer } from '../middleware/answers.ts';
import { queryOf } from '../middleware/request.ts';

/** How the answer is written; the other formats need files beside them and belong to the CLI. */
export type TokenFormat =
  | { readonly name: 'json' }
  | { readonly name: 'token' }
  | { readonly name: 'env'; readonly caFile: string | undefined };

const invalid = (): VendError => new VendError('INVALID_REQUEST', 'query-invalid');

/** Longest path that Linux takes (`PATH_MAX`), without its end. */
const maxPathLength = 4095;

/**
 * Reads `?format=` and `?caFile=`, before anything is vended.
 *
 * @throws VendError `INVALID_REQUEST` `query-invalid`
 */
export function tokenFormatOf(event: APIGatewayProxyEvent): TokenFormat {
  const query = queryOf(event, ['format', 'caFile']);
  const name = query.get('format') ?? 'json';
  const caFile = query.get('caFile');
  if (name === 'env') {
    if (caFile !== undefined && !isPosixPath(caFile)) throw invalid();
    return { name, caFile };
  }
  if (caFile !== undefined || (name !== 'json' && name !== 'token')) throw invalid();
  return { name };
}

/** Absolute, and free of control characters, which no line of shell should carry. */
function isPosixPath(path: string): boolean {
  return path.startsWith('/') && path.length <= maxPathLength && !/\p{Cc}/u.test(path);
}

/** Writes the answer in the format asked for. */
export function answerIn(format: TokenFormat, answer: VendAnswer): APIGatewayProxyResult {
  if (format.name === 'json') return jsonAnswer(answer);
  if (format.name === 'token') return textAnswer(answer.token, 'text/plain; charset=utf-8');
  return textAnswer(envOf(answer, format.caFile), 'text/plain; charset=utf-8');
}

function envOf(answer: VendAnswer, caFile: string | undefined): string {
  try {
    return env(targetOf(answer, { caFile }));
  } catch (error) {
    throw error instanceof FormatError ? invalid() : error;
  }
}
