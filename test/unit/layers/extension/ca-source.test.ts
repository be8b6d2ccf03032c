import { describe, expect, it } from 'vitest';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import type { CaBundle } from '../../../../core/vend-answer.ts';
import { createCaSource } from '../../../../layers/extension/ca-source.ts';
import { aBundle } from './builders.ts';

function aSource(fetched: (name: string) => Promise<CaBundle> = async (name) => aBundle(name)) {
  const kept = new Map<string, CaBundle>();
  const calls: string[] = [];
  let nowMs = 50_000;
  const source = createCaSource({
    api: {
      ca: (name) => {
        calls.push(name);
        return fetched(name);
      },
    },
    caFiles: {
      find: (name) => kept.get(name),
      keep: (bundle) => kept.set(bundle.name, bundle),
    },
    monotonicMs: () => nowMs,
  });
  return { source, calls, kept, pass: (ms: number) => (nowMs += ms) };
}

describe('the CA source', () => {
  it('gives what came with a token without asking again', async () => {
    const { source, calls, kept } = aSource();
    kept.set('eu-west-1', aBundle());

    expect(await source('eu-west-1')).toEqual(aBundle());
    expect(calls).toEqual([]);
  });

  it('A25: asks once for however many want a bundle', async () => {
    const { source, calls } = aSource();

    const bundles = await Promise.all(Array.from({ length: 1_000 }, () => source('eu-west-1')));

    expect(new Set(bundles).size).toBe(1);
    expect(calls).toEqual(['eu-west-1']);
  });

  it('A25: asks once for however many come after a failure', async () => {
    const answers = [Promise.reject(new ClientError('unreachable')), aBundle(), aBundle()];
    const { source, calls, pass } = aSource(async () => answers.shift() ?? aBundle());
    await source('eu-west-1').catch(() => undefined);
    pass(1_000);

    await Promise.all([source('eu-west-1'), source('eu-west-1')]);

    expect(calls).toHaveLength(2);
  });

  it('keeps what it was given, and asks again where that is gone', async () => {
    const { source, calls, kept } = aSource();
    await source('eu-west-1');

    const before = [...kept.keys()];
    kept.clear();
    await source('eu-west-1');

    expect(before).toEqual(['eu-west-1']);
    expect(calls).toHaveLength(2);
  });

  it('A26: asks again a second after a failure, and not in between', async () => {
    const { source, calls, pass } = aSource(() => Promise.reject(new ClientError('unreachable')));
    const attempt = () => source('eu-west-1').catch((error: unknown) => error);

    await attempt();
    pass(999);
    const second = await attempt();
    pass(1);
    await attempt();

    expect(second).toMatchObject({ reason: 'unreachable' });
    expect(calls).toHaveLength(2);
  });
});
