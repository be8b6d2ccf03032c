import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { repositoryId, subjects } from '../../local/organization.ts';
import { vend } from './support/callers.ts';
import { aHeldStack } from './support/held-stack.ts';
import { outcomeOf } from './support/http.ts';
import { writeRegistry } from './support/registry-edits.ts';
import { lastRecord } from './support/test-stack.ts';

const { stack, clock } = await aHeldStack();
const registry = await readFile(stack.registryFile, 'utf8');

type Claims = Readonly<Record<string, unknown>>;

/** Asks as the orders pod, with claims of the test's choice. */
async function asPod(claims: Claims): Promise<string> {
  const usual = { sub: subjects.ordersPod, aud: [stack.audience] };
  const all = { ...usual, ...claims };
  return outcomeOf(
    await vend(stack, await stack.issuers.kubernetes.issue(all, { expiresInSeconds: 600 })),
  );
}

describe('the audience of a JWT', () => {
  it.each<readonly [string, (ours: string) => Claims]>([
    ['is missing', () => ({ aud: undefined })],
    ['is empty', () => ({ aud: '' })],
    ['is an empty list', () => ({ aud: [] })],
    ['is null', () => ({ aud: null })],
    ['is of another deployment', () => ({ aud: 'https://tokens.example.org' })],
    ['has a trailing slash', (ours) => ({ aud: `${ours}/` })],
    ['only begins like ours', (ours) => ({ aud: `${ours}.evil.example` })],
    ['is in another claim', (ours) => ({ aud: undefined, client_id: ours, azp: ours })],
    ['lies deeper than it should', (ours) => ({ aud: [[ours]] })],
  ])('A5: is refused where it %s', async (_what, claims) => {
    const outcome = await asPod(claims(stack.audience));

    expect(outcome).toBe('401 UNAUTHENTICATED');
    expect(['jwt-audience', 'jwt-claims', 'jwt-malformed']).toContain(lastRecord(stack).reason);
  });

  it('may be one of several', async () => {
    expect(await asPod({ aud: ['https://other.example.com', stack.audience] })).toBe('200');
  });
});

/** Thirty seconds of clock difference are allowed for, and a day of life. */
const leeway = 30;
const day = 86_400;

describe('the times of a JWT', () => {
  it.each<readonly [string, Record<string, number | string | undefined>, string | undefined]>([
    ['ended within the leeway', { exp: -leeway + 1 }, undefined],
    ['ended just beyond it', { exp: -leeway }, 'jwt-expired'],
    ['begins within the leeway', { nbf: leeway }, undefined],
    ['begins just beyond it', { nbf: leeway + 1 }, 'jwt-not-yet-valid'],
    ['was issued just ahead of us', { iat: leeway }, undefined],
    ['was issued in our future', { iat: leeway + 1 }, 'jwt-not-yet-valid'],
    ['lives for a day', { iat: 0, exp: day }, undefined],
    ['lives for a day and a second', { iat: 0, exp: day + 1 }, 'jwt-lifetime'],
    ['lives for ten years', { exp: 3650 * day }, 'jwt-lifetime'],
    ['is older than any may be', { iat: -day - leeway - 1, exp: 60 }, 'jwt-too-old'],
    ['never ends', { exp: undefined }, 'jwt-claims'],
    ['was never issued', { iat: undefined }, 'jwt-claims'],
    ['ends at a text', { exp: 'tomorrow' }, 'jwt-claims'],
  ])('A7: are judged where it %s', async (_what, offsets, reason) => {
    const times = Object.entries(offsets).map(([claim, offset]) => [
      claim,
      typeof offset === 'number' ? clock.epochSeconds(offset) : offset,
    ]);

    const outcome = await asPod(Object.fromEntries(times));

    expect(outcome).toBe(reason === undefined ? '200' : '401 UNAUTHENTICATED');
    expect(lastRecord(stack).reason).toBe(reason);
  });
});

/** Asks as a run of GitHub Actions of which only these claims are known. */
async function asRun(claims: Claims): Promise<string> {
  const usual = { sub: 'repo:example/payments:ref:refs/heads/main', aud: stack.audience };
  const all = { ...usual, repository_id: repositoryId, ref: 'refs/heads/main', ...claims };
  return outcomeOf(
    await vend(stack, await stack.issuers.github.issue(all, { expiresInSeconds: 600 })),
  );
}

const ownProto: Claims = { ...JSON.parse(`{"__proto__":{"repository_id":"${repositoryId}"}}`) };

describe('a claim', () => {
  it.each<readonly [string, Claims]>([
    ['is a number instead of a text', { repository_id: Number(repositoryId) }],
    ['is an object', { repository_id: { [repositoryId]: true } }],
    ['is a list within a list', { repository_id: [[repositoryId]] }],
    ['is an empty list', { repository_id: [] }],
    ['is null', { repository_id: null }],
    ['is true', { repository_id: true }],
    ['is missing', { repository_id: undefined }],
    ['only contains the value', { repository_id: `${repositoryId} ` }],
    ['hides in __proto__', { repository_id: undefined, ...ownProto }],
    [
      'hides in constructor',
      { repository_id: undefined, constructor: { repository_id: repositoryId } },
    ],
  ])('A9: does not match where it %s', async (_what, claims) => {
    expect(await asRun(claims)).toBe('403 DENIED');
    expect(lastRecord(stack).reason).toBe('no-team');
  });

  it('refuses the caller where it has more values than one is looked up under', async () => {
    const many = Array.from({ length: 65 }, (_, at) => `${at}`);

    expect(await asRun({ repository_id: [repositoryId, ...many] })).toBe('401 UNAUTHENTICATED');
    expect(lastRecord(stack).reason).toBe('too-many-claim-values');
    expect(await asRun({ groups: many })).toBe('200');
  });

  it('matches as written, or as one of a list', async () => {
    expect(await asRun({})).toBe('200');
    expect(await asRun({ repository_id: ['1', repositoryId] })).toBe('200');
  });

  it.each<readonly [unknown, string]>([
    [true, '200'],
    [[false, true], '200'],
    ['true', '403 DENIED'],
    [1, '403 DENIED'],
    ['1', '403 DENIED'],
    [{ valueOf: true }, '403 DENIED'],
    [undefined, '403 DENIED'],
  ])('A9: that must be true is not to be had with %j: %s', async (value, outcome) => {
    await writeRegistry(
      stack,
      clock,
      registry.replace('ref: refs/heads/main }', 'ref: refs/heads/main, protected: true }'),
    );

    expect(await asRun({ protected: value })).toBe(outcome);
  });
});
