import { describe, expect, it } from 'vitest';
import { tokenAnswer } from '../../../../layers/extension/token-answer.ts';
import { aBundle, aCachedToken, someCaFiles } from './builders.ts';

const json = { format: 'json', inlineCa: false } as const;

describe('the answer with a token', () => {
  it('is what the API answers, with the file of the CA', () => {
    const cached = aCachedToken();

    const { status, headers, body } = tokenAnswer(cached, json, someCaFiles());

    const { tls } = cached.answer;
    const file = '/tmp/tokenvend/eu-west-1.pem';
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body)).toEqual({
      ...cached.answer,
      tls: { ...tls, ca: { ...tls.ca, file } },
    });
  });

  it.each(['hit', 'miss', 'stale'] as const)('says that it is a %s, and how old', (state) => {
    const { headers } = tokenAnswer(aCachedToken({ state, ageSeconds: 7 }), json, someCaFiles());

    expect(headers).toMatchObject({
      'x-tokenvend-cache': state,
      age: '7',
      'cache-control': 'no-store',
    });
  });

  it('holds the CA where it was asked for', () => {
    const { body } = tokenAnswer(aCachedToken(), { ...json, inlineCa: true }, someCaFiles());

    expect(JSON.parse(body).tls.ca).toMatchObject({
      pem: aBundle().pem,
      sha256: aBundle().sha256,
    });
  });

  it('is about the newest bundle of that name, which the file holds', () => {
    const renewed = aBundle('eu-west-1', 'NEW1');

    const { body } = tokenAnswer(aCachedToken(), json, someCaFiles(renewed));

    expect(JSON.parse(body).tls.ca.sha256).toBe(renewed.sha256);
  });

  it('is the bare token', () => {
    const cached = aCachedToken();

    const { body } = tokenAnswer(cached, { format: 'token', inlineCa: false }, someCaFiles());

    expect(body).toBe(cached.answer.token);
  });

  it('is something for a shell', () => {
    const { body, headers } = tokenAnswer(
      aCachedToken(),
      { format: 'env', inlineCa: false },
      someCaFiles(),
    );

    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body).toContain("export PGSSLROOTCERT='/tmp/tokenvend/eu-west-1.pem'\n");
    expect(body).toContain("export PGSSLMODE='verify-full'\n");
  });

  it('is none where the CA has never come', () => {
    const other = someCaFiles(aBundle('us-east-1'));

    expect(() => tokenAnswer(aCachedToken(), json, other)).toThrow(
      expect.objectContaining({ reason: 'answer-inconsistent' }),
    );
  });
});
