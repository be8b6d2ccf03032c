import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bodyOf, publicFunction } from '../../builders/handlers.ts';
import { recordOutput } from '../../builders/output.ts';
import { aBundle } from '../../builders/vend.ts';

let output: ReturnType<typeof recordOutput>;

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'tokenvend');
  output = recordOutput();
});
afterEach(() => output.stop());

const etag = `"${aBundle().sha256}"`;
const getCa = (headers: Record<string, string> = {}, bundle = 'eu-west-1') =>
  publicFunction()({ resource: '/v1/ca/{bundle}', path: { bundle }, headers });

describe('GET /v1/ca/{bundle}', () => {
  it('answers with the PEM, a strong ETag, and leave to keep it', async () => {
    expect(await getCa()).toEqual({
      statusCode: 200,
      headers: {
        ETag: etag,
        'Cache-Control': 'public, max-age=86400',
        'Content-Type': 'application/x-pem-file',
      },
      body: aBundle().pem,
    });
  });

  it.each([
    ['the same tag', { 'If-None-Match': etag }],
    ['the same tag, made weak on the way', { 'If-None-Match': `W/${etag}` }],
    ['a list that holds it', { 'If-None-Match': `"x", W/"y" ,${etag}` }],
    ['any', { 'If-None-Match': '*' }],
    ['a header in lower case', { 'if-none-match': etag }],
  ])('spares a client the bytes that it has: %s', async (_, headers) => {
    expect(await getCa(headers)).toEqual({
      statusCode: 304,
      headers: { ETag: etag, 'Cache-Control': 'public, max-age=86400' },
      body: '',
    });
  });

  it.each([
    ['another tag', { 'If-None-Match': '"x"' }],
    ['the tag without quotes', { 'If-None-Match': aBundle().sha256 }],
    ['a part of the tag', { 'If-None-Match': `${etag.slice(0, -2)}"` }],
    ['nothing', { 'If-None-Match': '' }],
    ['another header', { 'If-Match': etag }],
  ])('sends the bytes for %s', async (_, headers) => {
    expect((await getCa(headers)).statusCode).toBe(200);
  });

  it.each(['', 'mx-central-1', 'EU-WEST-1', '../registry', '__proto__', 'constructor'])(
    'refuses the bundle %j, which there is not',
    async (bundle) => {
      const answer = await getCa({}, bundle);

      expect(bodyOf(answer)).toMatchObject({ code: 'INVALID_REQUEST' });
      expect(answer.headers?.['Cache-Control']).toBe('no-store');
    },
  );
});

describe('GET /v1/config and /v1/health', () => {
  it('say what a client needs before it has an identity', async () => {
    const answer = await publicFunction()({ resource: '/v1/config' });

    expect(answer.statusCode).toBe(200);
    expect(bodyOf(answer)).toEqual({
      version: '0.1.0',
      audience: 'https://tokens.example.com',
      signIn: null,
      region: 'eu-west-1',
    });
  });

  it('say that the function lives', async () => {
    const answer = await publicFunction()({ resource: '/v1/health' });

    expect(bodyOf(answer)).toEqual({ status: 'ok' });
  });
});

describe('every public route', () => {
  it.each(['/v1/ca/{bundle}', '/v1/config', '/v1/health'])(
    'refuses a query: %s',
    async (resource) => {
      const answer = await publicFunction()({
        resource,
        path: { bundle: 'eu-west-1' },
        query: { x: ['1'] },
      });

      expect(answer.statusCode).toBe(400);
    },
  );

  it('is the only one there is', async () => {
    expect((await publicFunction()({ resource: '/v1/tokens' })).statusCode).toBe(500);
  });

  it('A28: refuses an event of another API', async () => {
    expect((await publicFunction()({ resource: '/v1/health', apiId: 'other' })).statusCode).toBe(
      500,
    );
  });
});
