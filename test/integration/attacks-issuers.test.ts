import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startIssuer } from '../../local/issuer/oidc-issuer.ts';
import { subjects } from '../../local/organization.ts';
import { vend, vendAs } from './support/callers.ts';
import { aHeldStack } from './support/held-stack.ts';
import { outcomeOf } from './support/http.ts';
import { lastRecord } from './support/test-stack.ts';

const { stack, clock } = await aHeldStack();
const stranger = await startIssuer();

// Past the pause after which an issuer's keys are asked for again.
beforeEach(() => clock.advance(6));

afterAll(() => stranger.close());

/** A well-signed JWT of the cluster, with claims of the test's choice. */
function podJwt(claims: Readonly<Record<string, unknown>>): Promise<string> {
  const { audience, issuers } = stack;
  const usual = { sub: subjects.ordersPod, aud: [audience] };
  return issuers.kubernetes.issue({ ...usual, ...claims }, lasting);
}

const lasting = { expiresInSeconds: 600 };

const oddIssuers: readonly (readonly [string, (url: string) => unknown])[] = [
  ['a trailing slash', (url) => `${url}/`],
  ['a trailing newline', (url) => `${url}\n`],
  ['a leading space', (url) => ` ${url}`],
  ['another case', (url) => url.toUpperCase()],
  ['a user', (url) => url.replace('//', '//issuer@')],
  ['a fragment', (url) => `${url}#`],
  ['a query', (url) => `${url}?`],
  ['a doubled slash', (url) => url.replace('//', '////')],
  ['an escaped slash', (url) => `${url}%2f`],
  ['another name of the same host', (url) => url.replace('127.0.0.1', 'localhost')],
  ['4,000 more characters', (url) => `${url}/${'a'.repeat(4000)}`],
  ['a list around it', (url) => [url]],
  ['nothing in its place', () => undefined],
];

describe('the issuer that a JWT names', () => {
  it.each(oddIssuers)('A2: is not recognized with %s', async (_what, iss) => {
    const jwt = await podJwt({ iss: iss(stack.issuers.kubernetes.url) });

    const answer = await vend(stack, jwt);

    expect(outcomeOf(answer)).toBe('401 UNAUTHENTICATED');
    expect(['issuer-unknown', 'jwt-claims']).toContain(lastRecord(stack).reason);
  });

  it('A3: is never contacted unless the registry lists it', async () => {
    const jwt = await stranger.issue({ sub: subjects.ordersPod, aud: stack.audience }, lasting);

    const answer = await vend(stack, jwt);

    expect(outcomeOf(answer)).toBe('401 UNAUTHENTICATED');
    expect([stranger.fetchCount('discovery'), stranger.fetchCount('jwks')]).toEqual([0, 0]);
  });
});

const oddSubjects: readonly (readonly [string, unknown, string])[] = [
  ['a trailing newline', `${subjects.ordersPod}\n`, '401 UNAUTHENTICATED'],
  ['a NUL', `${subjects.ordersPod}\0`, '401 UNAUTHENTICATED'],
  ['nothing in it', '', '401 UNAUTHENTICATED'],
  ['a number', 7, '401 UNAUTHENTICATED'],
  ['a list', [subjects.ordersPod], '401 UNAUTHENTICATED'],
  ['a trailing space', `${subjects.ordersPod} `, '403 DENIED'],
  ['a suffix', `${subjects.ordersPod}-2`, '403 DENIED'],
  ['another case', subjects.ordersPod.toUpperCase(), '403 DENIED'],
  ['a Cyrillic letter', subjects.ordersPod.replace('a', 'а'), '403 DENIED'],
  ['an escape', subjects.ordersPod.replaceAll(':', '%3a'), '403 DENIED'],
];

describe('the subject of a JWT', () => {
  it.each(oddSubjects)('A2: is nobody with %s', async (_what, sub, outcome) => {
    const answer = await vend(stack, await podJwt({ sub }));

    expect(outcomeOf(answer)).toBe(outcome);
  });
});

describe('the keys of an issuer', () => {
  it('A3: are not fetched from where a redirect points', async () => {
    const location = stranger.jwksUri;
    stack.issuers.workforce.misbehave('jwks', { kind: 'redirect', location });

    const answer = await vendAs(stack, 'engineer');

    expect(outcomeOf(answer)).toBe('503 UPSTREAM_UNAVAILABLE');
    expect(stranger.fetchCount('jwks')).toBe(0);
  });

  it.each([
    { kind: 'stall' } as const,
    { kind: 'garbage' } as const,
    { kind: 'server-error' } as const,
  ])('A3: are given up where the answer is bad: $kind', async (fault) => {
    stack.issuers.workforce.misbehave('jwks', fault);

    const answer = await vendAs(stack, 'engineer');

    expect(outcomeOf(answer)).toBe('503 UPSTREAM_UNAVAILABLE');
    expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(lastRecord(stack)).toMatchObject({ outcome: 'failed', reason: 'issuer-unreachable' });
  });

  it('A3: are given up at the size where no key set would be, not at the end', async () => {
    stack.issuers.workforce.misbehave('jwks', { kind: 'huge-body', bytes: 100_000_000_000 });
    const startedAt = performance.now();

    const answer = await vendAs(stack, 'engineer');

    expect(outcomeOf(answer)).toBe('503 UPSTREAM_UNAVAILABLE');
    // The deadline would end it too, after three seconds.
    expect(performance.now() - startedAt).toBeLessThan(2_500);
  });

  it('are used as soon as they can be had', async () => {
    stack.issuers.workforce.misbehave('jwks');

    const answer = await vendAs(stack, 'engineer');

    expect(outcomeOf(answer)).toBe('200');
  });
});
