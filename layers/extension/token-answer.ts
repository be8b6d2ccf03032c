import { ClientError } from '../../clients/api-client/client-error.ts';
import type { CachedToken } from '../../clients/token-cache/cached-token.ts';
import { env } from '../../core/connection/env.ts';
import { json } from '../../core/connection/json.ts';
import { type ConnectionTarget, targetOf } from '../../core/connection/target.ts';
import type { CaBundle, VendAnswer } from '../../core/vend-answer.ts';
import type { CaFiles } from './ca-files.ts';
import { answerOf, type LocalAnswer } from './local-answer.ts';
import type { TokenQuery } from './token-query.ts';

/** Writes a token as it was asked for, with the file of its CA, which is there by now. */
export type WriteTokenAnswer = (
  cached: CachedToken,
  asked: Pick<TokenQuery, 'format' | 'inlineCa'>,
) => LocalAnswer;

/**
 * Remembers the last answer: it counts in whole seconds, so that within one it does not change, and
 * writing it takes longer than all else of a read together. The CA's file is looked at every time.
 *
 * @returns a function that throws OwnFolderError where the CA's file cannot be written.
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
    // All that an answer is made of; the rest of the API's answer belongs to its id.
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

/** With the newest bundle of that name: after a renewal an older token would name a file that is gone. */
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
