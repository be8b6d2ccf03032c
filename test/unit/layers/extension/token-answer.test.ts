import { describe, expect, it } from 'vitest';
import type { CachedToken } from '../../../../clients/token-cache/cached-token.ts';
import { createTokenAnswers } from '../../../../layers/extension/token-answer.ts';
import type { TokenQuery } from '../../../../layers/extension/token-query.ts';
import { aBundle, aCachedToken, someCaFiles } from './builders.ts';

const json = { format: 'json', inlineCa: false } as const;

describe('the answer with a token', () => {
  it('is what the API answers, with the file of the CA', () => {
    const cached = aCachedToken();

    const { status, headers, body } = createTokenAnswers(someCaFiles())(cached, json);

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
    const { headers } = createTokenAnswers(someCaFiles())(
      aCachedToken({ state, ageSeconds: 7 }),
      json,
    );

    expect(headers).toMatchObject({
      'x-tokenvend-cache': state,
      age: '7',
      'cache-control': 'no-store',
    });
  });

  it('holds the CA where it was asked for', () => {
    const { body } = createTokenAnswers(someCaFiles())(aCachedToken(), { ...json, inlineCa: true });

    expect(JSON.parse(body).tls.ca).toMatchObject({
      pem: aBundle().pem,
      sha256: aBundle().sha256,
    });
  });

  it('is about the newest bundle of that name, which the file holds', () => {
    const renewed = aBundle('eu-west-1', 'NEW1');

    const { body } = createTokenAnswers(someCaFiles(renewed))(aCachedToken(), json);

    expect(JSON.parse(body).tls.ca.sha256).toBe(renewed.sha256);
  });

  it('is the bare token', () => {
    const cached = aCachedToken();

    const { body } = createTokenAnswers(someCaFiles())(cached, {
      format: 'token',
      inlineCa: false,
    });

    expect(body).toBe(cached.answer.token);
  });

  it('is something for a shell', () => {
    const { body, headers } = createTokenAnswers(someCaFiles())(aCachedToken(), {
      format: 'env',
      inlineCa: false,
    });

    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body).toContain("export PGSSLROOTCERT='/tmp/tokenvend/eu-west-1.pem'\n");
    expect(body).toContain("export PGSSLMODE='verify-full'\n");
  });

  it('is none where the CA has never come', () => {
    const other = someCaFiles(aBundle('us-east-1'));

    expect(() => createTokenAnswers(other)(aCachedToken(), json)).toThrow(
      expect.objectContaining({ reason: 'answer-inconsistent' }),
    );
  });

  it('is written once as long as nothing in it changes', () => {
    const writeAnswer = createTokenAnswers(someCaFiles());

    const [first, second] = [writeAnswer(aCachedToken(), json), writeAnswer(aCachedToken(), json)];

    expect(second).toBe(first);
  });

  const { answer } = aCachedToken();

  it.each<[string, CachedToken, Pick<TokenQuery, 'format' | 'inlineCa'>]>([
    ['another vend', aCachedToken({ answer: { ...answer, id: 'another' } }), json],
    ['another token', aCachedToken({ answer: { ...answer, token: 'another' } }), json],
    ['a second later', aCachedToken({ answer: { ...answer, expiresIn: 1 } }), json],
    ['another age', aCachedToken({ ageSeconds: 61 }), json],
    ['another state', aCachedToken({ state: 'stale' }), json],
    ['another format', aCachedToken(), { ...json, format: 'env' }],
    ['with the CA', aCachedToken(), { ...json, inlineCa: true }],
  ])('is written anew for %s', (_, cached, asked) => {
    const writeAnswer = createTokenAnswers(someCaFiles());
    writeAnswer(aCachedToken(), json);

    const again = writeAnswer(cached, asked);

    expect(again).toEqual(createTokenAnswers(someCaFiles())(cached, asked));
    expect(again).not.toEqual(createTokenAnswers(someCaFiles())(aCachedToken(), json));
  });

  it('is written anew for a renewed CA', () => {
    let bundle = aBundle();
    const writeAnswer = createTokenAnswers({
      find: () => bundle,
      fileOf: () => '/tmp/tokenvend/eu-west-1.pem',
    });
    writeAnswer(aCachedToken(), json);
    bundle = aBundle('eu-west-1', 'NEW1');

    const { body } = writeAnswer(aCachedToken(), json);

    expect(JSON.parse(body).tls.ca.sha256).toBe(bundle.sha256);
  });

  it('looks each time whether the file of the CA is there', () => {
    const files = ['/tmp/tokenvend/1.pem', '/tmp/tokenvend/2.pem'];
    const looks = files.values();
    const fileOf = () => looks.next().value ?? '';
    const writeAnswer = createTokenAnswers({ ...someCaFiles(), fileOf });

    const bodies = files.map(() => writeAnswer(aCachedToken(), json).body);

    expect(bodies.map((body) => JSON.parse(body).tls.ca.file)).toEqual(files);
  });
});
