import { describe, expect, it } from 'vitest';
import { planSession, type SessionPlan } from '../../../core/session.ts';
import { aCaller, anIamCaller } from '../../builders/callers.ts';
import { aDatabase, anAllowed, aUser } from '../../builders/registry.ts';
import { aPlan } from '../../builders/sessions.ts';
import { sessionsOn } from '../../builders/sts-sessions.ts';

describe('A15: a session is shared by nobody who differs in', () => {
  const changed: [string, Partial<SessionPlan>][] = [
    ['the caller', { callerKey: '["jwt","https://issuer.example.com","api2"]' }],
    ['the role', { roleArn: 'arn:aws:iam::111122223333:role/tokenvend-ops' }],
    ['the external id', { externalId: 'e-1' }],
    ['the region', { region: 'eu-central-1' }],
    ['the policy', { policy: '{}' }],
  ];

  it.each(changed)('%s alone', async (_, parts) => {
    const { sessions, calls } = sessionsOn();

    const own = await sessions.obtain(aPlan(), false);
    const other = await sessions.obtain(aPlan(parts), false);

    expect(other).not.toBe(own);
    expect(calls).toHaveLength(2);
  });

  it('an empty external id and none', async () => {
    const { sessions, calls } = sessionsOn();

    await sessions.obtain(aPlan(), false);
    await sessions.obtain(aPlan({ externalId: '' }), false);

    expect(calls).toHaveLength(2);
  });

  it('names that imitate the separators of the key', async () => {
    const { sessions, calls } = sessionsOn();
    const plans = [
      aPlan({ callerKey: 'a","b', roleArn: 'c' }),
      aPlan({ callerKey: 'a', roleArn: 'b","c' }),
      aPlan({ callerKey: 'a', roleArn: 'b', externalId: '","c' }),
      aPlan({ callerKey: 'a', roleArn: 'b', externalId: 'null' }),
      aPlan({ callerKey: 'a', roleArn: 'b' }),
    ];

    for (const plan of plans) await sessions.obtain(plan, false);

    expect(calls).toHaveLength(plans.length);
  });

  it('database user, account, resource or partition, through the policy', async () => {
    const { sessions, calls } = sessionsOn();
    const allowed = [
      anAllowed(),
      anAllowed({ user: aUser({ name: 'orders_deploy' }) }),
      anAllowed({ database: aDatabase({ account: '999988887777' }) }),
      anAllowed({ database: aDatabase({ resourceIds: ['db-OTHER'] }) }),
      anAllowed({ database: aDatabase({ partition: 'aws-cn' }) }),
    ];

    for (const one of allowed) await sessions.obtain(planSession(aCaller(), one), false);

    expect(calls).toHaveLength(allowed.length);
  });

  it('kind of identity, although the principal reads the same', async () => {
    const { sessions, calls } = sessionsOn();
    const callers = [anIamCaller(), aCaller({ subject: 'role/payments-nightly' })];

    for (const caller of callers) await sessions.obtain(planSession(caller, anAllowed()), false);

    expect(calls).toHaveLength(2);
  });
});
