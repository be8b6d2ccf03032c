import { parseToken } from '../../../core/token.ts';
import type { VendAnswer } from '../../../core/vend-answer.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

/**
 * Whether the token is for the endpoint beside it, and not too long for the programs that will send it.
 * The client compares as well and refuses; here it is said.
 */
export function checkToken({ token, tokenLength, user, database }: VendAnswer): Finding {
  const parts = parseToken(token);
  const isForIt =
    parts?.host === database.host &&
    parts.port === database.port &&
    parts.region === database.region &&
    parts.user === user;
  if (!isForIt) {
    const todo = 'Its host, port, user or Region is not that of the endpoint. Report it.';
    return failed('token', 'not for this endpoint', todo, exitCodes.notUnderstood);
  }
  const signed = `${parts.host}:${parts.port}, ${parts.user}, ${parts.region}`;
  const saw = `${tokenLength} characters, signed for ${signed}`;
  const limit = limits.find(({ most }) => tokenLength > most);
  return limit === undefined ? ok('token', saw) : warning('token', saw, limit.todo);
}

/** Characters that clients take (measured; see docs/formats.md), the tightest last. */
const limits = [
  {
    most: 4_082,
    todo: 'Option files of MySQL clients cut it: use the environment or a callback there.',
  },
  {
    most: 2_048,
    todo: 'Some drivers keep passwords in 2 KB. Fewer session tags make the token shorter.',
  },
] as const;
