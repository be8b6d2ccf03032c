import { ClientError } from '../../clients/api-client/client-error.ts';
import type { CachedToken } from '../../clients/token-cache/cached-token.ts';
import { env } from '../../core/connection/env.ts';
import { json } from '../../core/connection/json.ts';
import { targetOf } from '../../core/connection/target.ts';
import type { CaFiles } from './ca-files.ts';
import { answerOf, type LocalAnswer } from './local-answer.ts';
import type { TokenQuery } from './token-query.ts';

/**
 * Writes a token in the format asked for, with the file of its CA, which is there by now.
 *
 * @throws OwnFolderError where the CA's file cannot be written.
 */
export function tokenAnswer(
  { answer, state, ageSeconds }: CachedToken,
  { format, inlineCa }: Pick<TokenQuery, 'format' | 'inlineCa'>,
  caFiles: Pick<CaFiles, 'find' | 'fileOf'>,
): LocalAnswer {
  const headers = { 'x-tokenvend-cache': state, age: String(ageSeconds) };
  if (format === 'token') return answerOf(200, plainText, answer.token, headers);
  const bundle = caFiles.find(answer.tls.ca.bundle);
  if (bundle === undefined) throw new ClientError('answer-inconsistent');
  const { sha256, pem } = bundle;
  // The newest bundle of that name: after a renewal an older token would name a file that is gone.
  const ca = { ...answer.tls.ca, sha256, ...(inlineCa ? { pem } : {}) };
  const target = targetOf(
    { ...answer, tls: { ...answer.tls, ca } },
    { caFile: caFiles.fileOf(bundle) },
  );
  return format === 'json'
    ? answerOf(200, 'application/json', json(target), headers)
    : answerOf(200, plainText, env(target), headers);
}

const plainText = 'text/plain; charset=utf-8';
