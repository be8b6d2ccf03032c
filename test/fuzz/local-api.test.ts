import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TokenRequest } from '../../clients/api-client/token-request.ts';
import { parseVendRequest } from '../../core/vend-request.ts';
import { createLocalApi, type LocalRequest } from '../../layers/extension/local-api.ts';
import { aBundle, aCachedToken, aLog, someCaFiles } from '../unit/layers/extension/builders.ts';
import { fuzz } from './fuzz.ts';
import { localRequests, secret } from './local-requests.ts';

/** Sends a request to a server of its own; gives what it was asked to vend as well. */
async function send(request: LocalRequest) {
  const asked: TokenRequest[] = [];
  const { log, lines } = aLog();
  const api = createLocalApi({
    vending: {
      token: async (one) => {
        asked.push(one);
        return aCachedToken();
      },
      ca: async (name) => aBundle(name),
    },
    caFiles: someCaFiles(),
    token: secret,
    team: undefined,
    port: 2777,
    ids: () => 'request-1',
    log,
  });
  return { answer: await api(request), asked, lines };
}

/** Who is let in, said once more and differently: by what may be there and not by what may not. */
function isLetIn({ method, headers: sent }: LocalRequest): boolean {
  const { host, 'x-tokenvend-token': token, 'content-length': length, ...others } = sent;
  return (
    ['GET', 'HEAD'].includes(method) &&
    ['127.0.0.1:2777', 'localhost:2777'].includes(host ?? '') &&
    token === secret &&
    ['', '0'].includes(length ?? '0') === (length !== '') &&
    Object.keys(others).length === 0
  );
}

describe('the extension’s server', () => {
  fuzz(
    'vends what the query names, to who is let in, and answers all others with a problem',
    fc.asyncProperty(localRequests, async (request) => {
      const { answer, asked, lines } = await send(request);
      const query = new URLSearchParams(request.target.split('?').slice(1).join('?'));

      expect([200, 400, 401]).toContain(answer.status);
      if (!isLetIn(request)) expect(asked).toEqual([]);
      for (const one of asked) {
        expect([one.database, one.user ?? null]).toEqual([
          query.get('database'),
          query.get('user'),
        ]);
        const { inlineCa: _, ...again } = parseVendRequest(JSON.stringify(one));
        expect(again).toEqual(one);
      }
      expect(`${answer.body}${JSON.stringify(answer.headers)}${lines.join('')}`).not.toContain(
        secret,
      );
    }),
  );

  it('is sent requests of which some are answered with a token and some are not', async () => {
    const cases = fc.sample(localRequests, { seed: 1, numRuns: 300 });

    const sent = await Promise.all(cases.map(send));

    expect([...new Set(sent.map(({ answer }) => answer.status))].sort()).toEqual([200, 400, 401]);
    expect(sent.some(({ asked }) => asked.length > 0)).toBe(true);
  });
});
