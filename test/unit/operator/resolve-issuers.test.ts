import { describe, expect, it } from 'vitest';
import { resolveIssuers } from '../../../operator/resolve-issuers.ts';

const good = { name: 'good', url: 'https://good.example.com' };
const bad = { name: 'bad', url: 'https://bad.example.com' };

const fetchFake: typeof fetch = async (input) =>
  String(input).startsWith(good.url)
    ? Response.json({ issuer: good.url, jwks_uri: `${good.url}/keys` })
    : new Response('', { status: 500 });

describe('resolving issuers', () => {
  it('finds what can be found, and places what cannot at its issuer', async () => {
    const { jwksUris, findings } = await resolveIssuers([bad, good], { fetch: fetchFake });

    expect([...jwksUris]).toEqual([['good', 'https://good.example.com/keys']]);
    expect(findings).toMatchObject([{ severity: 'error', path: ['issuers', 'bad'] }]);
  });

  it('asks nobody when there is nothing to find', async () => {
    const { jwksUris, findings } = await resolveIssuers([], {
      fetch: () => Promise.reject(new Error('asked')),
    });

    expect([jwksUris.size, findings.length]).toEqual([0, 0]);
  });
});
