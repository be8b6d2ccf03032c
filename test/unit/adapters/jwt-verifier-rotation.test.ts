import { beforeAll, describe, expect, test } from 'vitest';
import { aSigner, outcomeOf, type Signer } from './jwt-fixtures.ts';
import { aRemoteIssuer } from './remote-issuer.ts';

let first: Signer;
let second: Signer;

beforeAll(async () => {
  first = await aSigner({ kid: 'first' });
  second = await aSigner({ kid: 'second' });
});

describe('keys at an address', () => {
  test('are fetched once for many JWTs, at the same time or later', async () => {
    const { verify, server, jwtOf } = await aRemoteIssuer(first);
    const jwt = await jwtOf(first);

    await Promise.all(Array.from({ length: 50 }, () => verify(jwt)));
    await verify(jwt);

    expect(server.requests()).toBe(1);
  });

  test('A6: follow a rotation as soon as the cool-down is over', async () => {
    const { verify, server, state, passSeconds, jwtOf } = await aRemoteIssuer(first);
    await verify(await jwtOf(first));
    state.signers = [second];

    passSeconds(29);
    const during = await outcomeOf(verify(await jwtOf(second)));
    passSeconds(1);
    const after = await outcomeOf(verify(await jwtOf(second)));
    const withdrawn = await outcomeOf(verify(await jwtOf(first)));

    expect([during, after, withdrawn]).toEqual([
      'UNAUTHENTICATED jwt-key-unknown',
      'accepted',
      'UNAUTHENTICATED jwt-key-unknown',
    ]);
    expect(server.requests()).toBe(2);
  });

  test('A6: a flood of unknown key ids costs one fetch per cool-down', async () => {
    const { verify, server, passSeconds, jwtOf } = await aRemoteIssuer(first);
    await verify(await jwtOf(first));
    const flood = async (): Promise<void> => {
      const jwts = Array.from({ length: 50 }, (_, at) => jwtOf(second, { kid: `made-up-${at}` }));
      await Promise.all(jwts.map(async (jwt) => outcomeOf(verify(await jwt))));
    };

    await flood();
    passSeconds(30);
    await flood();
    await flood();

    expect(server.requests()).toBe(2);
  });

  test('A6: a flood costs no more while the issuer is in trouble', async () => {
    const { verify, server, state, passSeconds, jwtOf } = await aRemoteIssuer(first);
    await verify(await jwtOf(first));
    state.status = 500;
    passSeconds(30);

    for (const kid of ['a', 'b', 'c']) {
      expect(await outcomeOf(verify(await jwtOf(second, { kid })))).toBe(
        'UPSTREAM_UNAVAILABLE issuer-unreachable',
      );
    }

    expect(server.requests()).toBe(2);
  });

  test('stay in use for an hour while the issuer is down, and no longer', async () => {
    const { verify, state, passSeconds, jwtOf } = await aRemoteIssuer(first);
    await verify(await jwtOf(first));
    state.status = 503;

    passSeconds(59 * 60 + 59);
    const within = await outcomeOf(verify(await jwtOf(first)));
    passSeconds(1);
    const beyond = await outcomeOf(verify(await jwtOf(first)));

    expect([within, beyond]).toEqual(['accepted', 'UPSTREAM_UNAVAILABLE issuer-unreachable']);
  });

  test('are fetched again after ten minutes, so that a withdrawn one stops counting', async () => {
    const { verify, state, passSeconds, jwtOf } = await aRemoteIssuer(first);
    await verify(await jwtOf(first));
    state.signers = [second];

    passSeconds(10 * 60);
    const outcome = await outcomeOf(verify(await jwtOf(first)));

    expect(outcome).toBe('UNAUTHENTICATED jwt-key-unknown');
  });

  test('are asked for again five seconds after a first fetch that failed', async () => {
    const { verify, server, state, log, passSeconds, jwtOf } = await aRemoteIssuer(first);
    state.status = 500;
    const down = await outcomeOf(verify(await jwtOf(first)));
    state.status = 200;

    passSeconds(4);
    const early = await outcomeOf(verify(await jwtOf(first)));
    passSeconds(1);
    const later = await outcomeOf(verify(await jwtOf(first)));

    const unreachable = 'UPSTREAM_UNAVAILABLE issuer-unreachable';
    expect([down, early, later]).toEqual([unreachable, unreachable, 'accepted']);
    expect(server.requests()).toBe(2);
    expect(log.lines).toEqual([['ISSUER_UNREACHABLE', { issuer: 'example', fault: 'status' }]]);
  });
});
