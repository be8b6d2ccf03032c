import { createHash } from 'node:crypto';
import type { DatabaseToken } from '../../../../clients/node/database-token.ts';
import type { TokenSource } from '../../../../clients/node/token-source.ts';
import { anAnswer, aToken } from '../../../builders/answers.ts';

export const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

/** What stands in `tls` beside a token when the CA was asked for. */
export const tls = {
  ...anAnswer().tls,
  ca: { ...anAnswer().tls.ca, sha256: createHash('sha256').update(pem).digest('hex'), pem },
} satisfies DatabaseToken['tls'];

/** The n-th token; tokens of different numbers differ. */
export function aDatabaseToken(
  n = 0,
  database: Partial<DatabaseToken['database']> = {},
): DatabaseToken {
  const answer = anAnswer({ token: aToken({}, n) });
  return { ...answer, tls, database: { ...answer.database, ...database } };
}

export type Asked = Parameters<TokenSource['get']>[0];

/** A source that gives the tokens in turn, and the last one for ever. Remembers what it was asked. */
export function aSource(...tokens: readonly DatabaseToken[]) {
  const asked: Asked[] = [];
  const get: TokenSource['get'] = async (target) => {
    const token = tokens[Math.min(asked.length, tokens.length - 1)] ?? aDatabaseToken();
    asked.push(target);
    return token;
  };
  const password: TokenSource['password'] = async (target) => (await get(target)).token;
  return { get, password, asked };
}
