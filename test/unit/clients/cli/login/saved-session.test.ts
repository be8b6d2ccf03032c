import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Renewal, savedSession } from '../../../../../clients/cli/login/saved-session.ts';
import type { Session } from '../../../../../clients/cli/login/session.ts';
import type { SessionStore } from '../../../../../clients/cli/login/session-store.ts';
import { aSession } from './a-session.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-saved-'));
});
afterEach(() => rm(folder, { recursive: true }));

const renewed = aSession({
  identity: 'renewed.identity.jwt',
  expiresAt: new Date('2026-01-01T02:00:00Z'),
});

/** A session that was found at a time of the first of January 2026, and a provider that answers. */
function setUp(options: {
  readonly found: Session | 'none' | 'unusable';
  readonly time: string;
  readonly renewal?: Renewal;
}) {
  let held = options.found;
  const store: SessionStore = {
    path: join(folder, 'session'),
    read: async () => held,
    write: async (session) => {
      held = session;
    },
    remove: async () => false,
  };
  const renew = vi.fn(async () => options.renewal ?? renewed);
  const clock = () => new Date(`2026-01-01T${options.time}Z`);
  const find = savedSession({ store, clock, renew });
  const read = async () => (await find())?.read();
  return { find, read, renew, held: () => held, store };
}

describe('a saved session', () => {
  it('is no identity where there is none', async () => {
    const { find } = setUp({ found: 'none', time: '00:00:00' });

    expect(await find()).toBeUndefined();
  });

  it.each([
    ['00:00:00', 'planted.identity.jwt', 0],
    ['00:58:59', 'planted.identity.jwt', 0],
    ['00:59:00', 'renewed.identity.jwt', 1],
    ['01:30:00', 'renewed.identity.jwt', 1],
  ])('at %s is %s, after %i renewals', async (time, identity, renewals) => {
    const { read, renew } = setUp({ found: aSession(), time });

    expect(await read()).toBe(identity);
    expect(renew).toHaveBeenCalledTimes(renewals);
  });

  it('keeps what was renewed', async () => {
    const { read, held } = setUp({ found: aSession(), time: '01:30:00' });

    await read();

    expect(held()).toEqual(renewed);
  });

  it('is used although what was renewed cannot be kept', async () => {
    const { read, store } = setUp({ found: aSession(), time: '01:30:00' });
    vi.spyOn(store, 'write').mockRejectedValue(new Error('read-only'));

    expect(await read()).toBe('renewed.identity.jwt');
  });

  it.each<[string, Renewal, string | undefined]>([
    ['00:59:30', 'ended', undefined],
    ['00:59:30', 'unreachable', undefined],
    ['01:00:00', 'ended', 'session-ended'],
    ['01:00:00', 'unreachable', 'session-not-renewed'],
  ])('at %s, when the provider is %s, fails with %s', async (time, renewal, reason) => {
    const { read } = setUp({ found: aSession(), time, renewal });

    const outcome = await read().then(
      () => undefined,
      (error: { readonly reason: string }) => error.reason,
    );

    expect(outcome).toBe(reason);
  });

  it('that cannot be renewed is used to its end, and no longer', async () => {
    const { refreshToken: _, ...found } = aSession();
    const last = setUp({ found, time: '00:59:59' });
    const ended = setUp({ found, time: '01:00:00' });

    expect(await last.read()).toBe('planted.identity.jwt');
    await expect(ended.read()).rejects.toMatchObject({ reason: 'session-ended' });
    expect(ended.renew).not.toHaveBeenCalled();
  });

  it('that is not to be trusted is an error, and not passed over', async () => {
    const { read } = setUp({ found: 'unusable', time: '00:00:00' });

    await expect(read()).rejects.toMatchObject({
      reason: 'identity-unreadable',
      message: expect.stringContaining('sign in again with tokenvend login'),
    });
  });

  it('is renewed once by many readers', async () => {
    const { read, renew } = setUp({ found: aSession(), time: '01:30:00' });

    const identities = await Promise.all([read(), read(), read()]);

    expect(new Set(identities)).toEqual(new Set(['renewed.identity.jwt']));
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('never says a secret in an error', async () => {
    const { read } = setUp({ found: aSession(), time: '01:30:00', renewal: 'ended' });

    const error = await read().catch((caught: unknown) => caught);

    expect(JSON.stringify(error) + String(error)).not.toContain('planted');
  });
});
