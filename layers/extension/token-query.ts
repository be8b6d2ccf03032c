import type { TokenRequest } from '../../clients/api-client/token-request.ts';
import { VendError } from '../../core/errors.ts';
import { parseVendRequest } from '../../core/vend-request.ts';

/** A request for a token, and how its answer is to be written. */
export interface TokenQuery {
  /** Without `inlineCa`: all callers share one token, whoever wants the CA with it. */
  readonly request: TokenRequest;
  readonly inlineCa: boolean;
  readonly format: 'json' | 'token' | 'env';
}

const invalid = (): VendError => new VendError('INVALID_REQUEST', 'query-invalid');

const names: readonly string[] = ['database', 'user', 'team'];
const flags: readonly string[] = ['inlineCa', 'fresh'];

/**
 * Reads the query of `/v1/tokens` by the rules of the API's body. What is unknown or said twice is
 * refused: a misspelt `fresh` would otherwise bring the very token that has just failed.
 *
 * @param team For requests that name none.
 * @throws VendError `INVALID_REQUEST`: `query-invalid`, `body-invalid`.
 */
export function parseTokenQuery(query: URLSearchParams, team: string | undefined): TokenQuery {
  const body = new Map<string, string | boolean>();
  let format: TokenQuery['format'] = 'json';
  for (const [name, value] of query) {
    if (query.getAll(name).length > 1) throw invalid();
    if (names.includes(name)) body.set(name, value);
    else if (flags.includes(name)) body.set(name, flagOf(value));
    else if (name === 'format') format = formatOf(value);
    else throw invalid();
  }
  if (team !== undefined && !body.has('team')) body.set('team', team);
  const { inlineCa, ...request } = parseVendRequest(JSON.stringify(Object.fromEntries(body)));
  return { request, inlineCa, format };
}

function flagOf(value: string): boolean {
  if (value !== 'true' && value !== 'false') throw invalid();
  return value === 'true';
}

function formatOf(value: string): TokenQuery['format'] {
  if (value !== 'json' && value !== 'token' && value !== 'env') throw invalid();
  return value;
}
