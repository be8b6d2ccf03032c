import { createRecentMap } from '../../clients/token-cache/recent-map.ts';
import { parseTokenQuery, type TokenQuery } from './token-query.ts';

/** A function asks for the same few tokens for as long as it lives. */
const maxRemembered = 100;

/**
 * Reads queries of `/v1/tokens`, and remembers what the last ones meant: checking each again takes a
 * quarter of the time of a read from memory. Only valid ones are remembered, which are short.
 *
 * @returns what throws as `parseTokenQuery` does.
 */
export function createQueryReader(team: string | undefined): (query: string) => TokenQuery {
  const remembered = createRecentMap<TokenQuery>(maxRemembered);
  return (query) => {
    const read = remembered.get(query) ?? parseTokenQuery(new URLSearchParams(query), team);
    remembered.set(query, read);
    return read;
  };
}
