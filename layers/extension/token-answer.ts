import { ClientError } from '../../clients/api-client/client-error.ts';
import type { CachedToken } from '../../clients/token-cache/cached-token.ts';
import { env } from '../../core/connection/env.ts';
import { json } from '../../core/connection/json.ts';
import { type ConnectionTarget, targetOf } from '../../core/connection/target.ts';
import type { CaBundle, VendAnswer } from '../../core/vend-answer.ts';
import type { CaFiles } from './ca-files.ts';
import { answerOf, type LocalAnswer } from './local-answer.ts';
import type { TokenQuery } from './token-query.ts';

/**
 * Writes the answer for a token, in the format that was asked for. The answer names the CA file, which
 * has been written by then.
 */
export type WriteTokenAnswer = (
  cached: CachedToken,
  asked: Pick<TokenQuery, 'format' | 'inlineCa'>,
) => LocalAnswer;

/**
 * Remembers the last answer, because writing one takes longer than the rest of a read from memory. An
 * answer counts `expiresIn` in whole seconds, so within one second it stays the same. The CA file is
 * checked every time: the function may have emptied `/tmp`.
 *
 * @returns a function that throws OwnFolderError where the CA file cannot be written.
 */
export function createTokenAnswers(caFiles: Pick<CaFiles, 'find' | 'fileOf'>): WriteTokenAnswer {
  let last: { readonly facts: readonly unknown[]; readonly answer: LocalAnswer } | undefined;
  return (cached, { format, inlineCa }) => {
    const { answer, state, ageSeconds } = cached;
    const headers = { 'x-tokenvend-cache': state, age: String(ageSeconds) };
    if (format === 'token') return answerOf(200, plainText, answer.token, headers);
    const bundle = caFiles.find(answer.tls.ca.bundle);
    if (bundle === undefined) throw new ClientError('answer-inconsistent');
    const ca = { bundle, file: caFiles.fileOf(bundle) };
    // An answer depends on these alone; everything else that the API sent belongs to the vend with
    // this id.
    const { id, token, expiresIn } = answer;
    const facts = [id, token, expiresIn, state, ageSeconds, format, inlineCa, bundle, ca.file];
    if (last === undefined || !isSame(last.facts, facts)) {
      const target = targetWith(answer, ca, inlineCa);
      last = { facts, answer: written(target, format, headers) };
    }
    return last.answer;
  };
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.every((fact, index) => fact === others[index]);
}

/**
 * Names the newest bundle of that name. The bundle that came with an older token may have been
 * replaced, and its file removed.
 */
function targetWith(
  answer: VendAnswer,
  { bundle, file }: { readonly bundle: CaBundle; readonly file: string },
  inlineCa: boolean,
): ConnectionTarget {
  const { sha256, pem } = bundle;
  const ca = { ...answer.tls.ca, sha256, ...(inlineCa ? { pem } : {}) };
  return targetOf({ ...answer, tls: { ...answer.tls, ca } }, { caFile: file });
}

function written(
  target: ConnectionTarget,
  format: 'json' | 'env',
  headers: Readonly<Record<string, string>>,
): LocalAnswer {
  return format === 'json'
    ? answerOf(200, 'application/json', json(target), headers)
    : answerOf(200, plainText, env(target), headers);
}

const plainText = 'text/plain; charset=utf-8';
