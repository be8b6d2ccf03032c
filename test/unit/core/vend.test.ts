import { describe, expect, it } from 'vitest';
import type { SessionPlan } from '../../../core/session.ts';
import { vend } from '../../../core/vend.ts';
import { aCaller } from '../../builders/callers.ts';
import { secondsAfter } from '../../builders/clock.ts';
import { anAudit, aRegistry } from '../../builders/ports.ts';
import { aDatabase, aSlice } from '../../builders/registry.ts';
import { anIssuedToken, aSession } from '../../builders/sessions.ts';
import { aCall, vendDependencies } from '../../builders/vend.ts';

const wish = { database: 'orders', inlineCa: false, fresh: false };

/** Dependencies that note the order in which they are used. */
function stepByStep(failing?: string) {
  const steps: string[] = [];
  const step = async <T>(name: string, value: T): Promise<T> => {
    steps.push(name);
    if (name === failing) throw new Error('planted');
    return value;
  };
  const deps = vendDependencies({
    registry: { slice: () => step('registry', aSlice()) },
    sessions: { obtain: () => step('session', aSession()) },
    tokens: { cut: () => step('token', anIssuedToken()) },
    audit: { write: () => step('audit', undefined) },
  });
  return { steps, deps };
}

describe('vend', () => {
  it('decides, assumes, cuts, records, and then answers', async () => {
    const { steps, deps } = stepByStep();

    const outcome = await vend(deps, aCall());

    expect(steps).toEqual(['registry', 'session', 'token', 'audit']);
    expect(outcome).toMatchObject({ vended: true, answer: { id: 'vend-1', user: 'orders_app' } });
  });

  it('looks the caller up by its keys, and asks for one database', async () => {
    const registry = aRegistry(aSlice());

    await vend(
      vendDependencies({ registry }),
      aCall({ identity: aCaller({ issuer: 'i', subject: 's' }) }),
    );

    expect(registry.queries).toEqual([{ memberKeys: ['["subject","i","s"]'], database: 'orders' }]);
  });

  it('asks for a session as planned, and hands on that a fresh token is wanted', async () => {
    const asked: [SessionPlan, boolean][] = [];
    const cuts: boolean[] = [];
    const deps = vendDependencies({
      sessions: {
        obtain: async (plan, fresh) => {
          asked.push([plan, fresh]);
          return aSession();
        },
      },
      tokens: {
        cut: async (_session, _target, fresh) => {
          cuts.push(fresh);
          return anIssuedToken();
        },
      },
    });

    await vend(deps, aCall({ wish: { ...wish, fresh: true } }));

    expect(asked).toMatchObject([
      [{ roleArn: 'arn:aws:iam::111122223333:role/tokenvend-payments' }, true],
    ]);
    expect(cuts).toEqual([true]);
  });

  it('returns a denial with its hint, and assumes nothing', async () => {
    const { steps, deps } = stepByStep();

    const outcome = await vend(deps, aCall({ identity: aCaller({ subject: 'stranger' }) }));

    expect(outcome).toEqual({ vended: false, hint: 'no-team' });
    expect(steps).toEqual(['registry', 'audit']);
  });

  it('refuses an identity that has run out, before it reads the registry', async () => {
    const { steps, deps } = stepByStep();
    const stale = aCaller({ expiresAt: secondsAfter(-30) });

    const attempt = vend(deps, aCall({ identity: stale }));

    await expect(attempt).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      reason: 'identity-expired',
    });
    expect(steps).toEqual(['audit']);
  });

  it('serves an identity within the leeway', async () => {
    const late = aCaller({ expiresAt: secondsAfter(-29) });

    const outcome = await vend(vendDependencies(), aCall({ identity: late }));

    expect(outcome.vended).toBe(true);
  });

  it('does not spend an STS call where the CA is missing', async () => {
    const { steps, deps } = stepByStep();
    const slice = aSlice({ database: aDatabase({ caBundle: 'mx-central-1' }) });

    const attempt = vend({ ...deps, registry: aRegistry(slice) }, aCall());

    await expect(attempt).rejects.toMatchObject({
      code: 'INTERNAL',
      reason: 'ca-bundle-missing',
    });
    expect(steps).toEqual(['audit']);
  });

  it('inlines the CA for those who ask', async () => {
    const outcome = await vend(vendDependencies(), aCall({ wish: { ...wish, inlineCa: true } }));

    expect(outcome).toMatchObject({
      answer: { tls: { ca: { pem: expect.stringContaining('BEGIN') } } },
    });
  });

  it.each(['registry', 'session', 'token'])('stops at the first failure: %s', async (failing) => {
    const { steps, deps } = stepByStep(failing);

    await expect(vend(deps, aCall())).rejects.toThrow('planted');

    expect(steps.slice(-2)).toEqual([failing, 'audit']);
  });

  it('gives every attempt its own id', async () => {
    const audit = anAudit();
    let count = 0;
    const deps = vendDependencies({ audit, ids: () => `vend-${++count}` });

    await Promise.all([vend(deps, aCall()), vend(deps, aCall())]);

    expect(audit.records.map(({ vendId }) => vendId).sort()).toEqual(['vend-1', 'vend-2']);
  });
});
