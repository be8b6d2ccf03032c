import { readFile } from 'node:fs/promises';
import { type AwsCredentials, nightlyCredentials } from '../../../local/callers.ts';
import { externalId } from '../../../local/organization.ts';
import { vend, vendSigned } from './callers.ts';
import { forged, unsigned } from './crafted-jwts.ts';
import type { HttpAnswer } from './http.ts';
import type { MachineClock } from './machine-clock.ts';
import type { PlantedStack } from './planted-stack.ts';
import { writeRegistry } from './registry-edits.ts';

/** Planted where only a body, a query or a key of the caller's would carry it on. */
export const inBody = 'planted-in-the-body';

/** Planted where only the registry would. */
export const inRegistry = 'planted-in-the-registry';

type Claims = Readonly<Record<string, unknown>>;

/** Ways to ask for a token, each with secrets in it. */
export interface Drive {
  asPod(body?: unknown, query?: string): Promise<HttpAnswer>;
  withClaims(claims: Claims): Promise<HttpAnswer>;
  withFake(fake: (jwt: string) => string | Promise<string>): Promise<HttpAnswer>;
  signed(changes?: Partial<AwsCredentials>): Promise<HttpAnswer>;
  /** STS has to be asked, and its next answers are spoilt. */
  spoiling(...kinds: readonly SpoiltAnswer[]): Promise<HttpAnswer>;
  /** The registry is changed for as long as it takes. */
  withRegistry(change: (text: string) => string): Promise<HttpAnswer>;
}

type SpoiltAnswer = 'error' | 'throttle' | 'garbage' | 'no-expiration';

export function driveOf(stack: PlantedStack, clock: MachineClock): Drive {
  const withClaims = async (claims: Claims, body?: unknown, query = ''): Promise<HttpAnswer> =>
    vend(stack, await stack.aJwt(claims), body, { query });
  const asPod: Drive['asPod'] = (body, query) => withClaims({}, body, query);
  return {
    asPod,
    withClaims,
    withFake: async (fake) => vend(stack, stack.plantJwt(await fake(await stack.aJwt()))),
    signed: (changes) => vendSigned(stack, { ...nightlyCredentials(stack), ...changes }),
    spoiling(...kinds) {
      clock.advance(3600);
      for (const kind of kinds) stack.sts.faults.next({ kind });
      return asPod();
    },
    async withRegistry(change) {
      const good = await readFile(stack.registryFile, 'utf8');
      clock.advance(60);
      await writeRegistry(stack, clock, change(good));
      const answer = await asPod();
      await writeRegistry(stack, clock, good);
      await asPod();
      return answer;
    },
  };
}

const cutOff = (text: string): string => `${text.split('teams:')[0]}teams: "${inRegistry}`;

/** Every way that a request can go, by its outcome. */
export const plantedPaths: readonly (readonly [
  what: string,
  outcome: string,
  go: (drive: Drive) => Promise<HttpAnswer>,
])[] = [
  ['a vend', '200', (drive) => drive.asPod()],
  ['a vend from the cache', '200', (drive) => drive.asPod({ database: 'orders', fresh: true })],
  ['a vend with SigV4', '200', (drive) => drive.signed()],
  ['a denial', '403 DENIED', (drive) => drive.asPod({ database: 'none' })],
  ['a stranger', '403 DENIED', (drive) => drive.withClaims({ sub: 'nobody' })],
  ['a body that is no JSON', '400 INVALID_REQUEST', (drive) => drive.asPod(`{"${inBody}`)],
  [
    'a key too many',
    '400 INVALID_REQUEST',
    (drive) => drive.asPod({ database: 'orders', [inBody]: inBody }),
  ],
  ['a body too long', '400 INVALID_REQUEST', (drive) => drive.asPod(inBody.repeat(500))],
  ['a wrong format', '400 INVALID_REQUEST', (drive) => drive.asPod(undefined, `?format=${inBody}`)],
  ['an unsigned JWT', '401 UNAUTHENTICATED', (drive) => drive.withFake((jwt) => unsigned(jwt))],
  ['a forged JWT', '401 UNAUTHENTICATED', (drive) => drive.withFake((jwt) => forged(jwt))],
  ['half a JWT', '401 UNAUTHENTICATED', (drive) => drive.withFake((jwt) => jwt.slice(0, -20))],
  ['two JWTs', '401 UNAUTHENTICATED', (drive) => drive.withFake((jwt) => `${jwt} ${jwt}`)],
  [
    'an expired JWT',
    '401 UNAUTHENTICATED',
    (drive) => drive.withClaims({ exp: Math.floor(Date.now() / 1000) - 60 }),
  ],
  ['another audience', '401 UNAUTHENTICATED', (drive) => drive.withClaims({ aud: 'elsewhere' })],
  [
    'a wrong signature',
    '401 UNAUTHENTICATED',
    (drive) => drive.signed({ secretAccessKey: inBody }),
  ],
  ['STS in trouble', '503 UPSTREAM_UNAVAILABLE', (drive) => drive.spoiling('error', 'error')],
  ['STS throttling', '429 THROTTLED', (drive) => drive.spoiling('throttle', 'throttle')],
  ['STS talking nonsense', '503 UPSTREAM_UNAVAILABLE', (drive) => drive.spoiling('garbage')],
  ['STS answering half', '503 UPSTREAM_UNAVAILABLE', (drive) => drive.spoiling('no-expiration')],
  [
    'STS refusing',
    '500 INTERNAL',
    (drive) => drive.withRegistry((text) => text.replace(externalId, inRegistry)),
  ],
  [
    'a bad external id',
    '200',
    (drive) => drive.withRegistry((text) => text.replace(externalId, `"${inRegistry} §"`)),
  ],
  ['a registry cut off', '200', (drive) => drive.withRegistry(cutOff)],
];
