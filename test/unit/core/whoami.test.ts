import { describe, expect, it } from 'vitest';
import { whoami } from '../../../core/whoami.ts';
import { aCaller, anIamCaller } from '../../builders/callers.ts';
import { startOfTest } from '../../builders/clock.ts';
import { aRegistry } from '../../builders/ports.ts';
import { aMember, anIamMember, aSlice } from '../../builders/registry.ts';

describe('whoami', () => {
  it('names a JWT caller, its end, and the entries it satisfies', async () => {
    const members = [
      aMember({ team: 'ops', name: 'z' }),
      aMember(),
      aMember({ name: 'second' }),
      aMember({ team: 'hr', subject: { exact: 'other' } }),
    ];

    const standing = await whoami(aRegistry(aSlice({ members })), aCaller(), startOfTest);

    expect(standing).toEqual({
      kind: 'jwt',
      issuer: 'https://issuer.example.com',
      expiresAt: '2026-03-01T13:00:00.000Z',
      principal: 'system:serviceaccount:payments:api',
      teams: [
        { team: 'ops', members: ['z'] },
        { team: 'payments', members: ['api-pods', 'second'] },
      ],
      registryVersion: 'v7',
    });
  });

  it('names an IAM caller by account and role', async () => {
    const registry = aRegistry(aSlice({ members: [anIamMember()] }));

    const standing = await whoami(registry, anIamCaller(), startOfTest);

    expect(standing).toMatchObject({
      kind: 'iam',
      account: '111122223333',
      principal: 'role/payments-nightly',
    });
    expect(standing).not.toHaveProperty('expiresAt');
  });

  it('refuses an identity that has run out', async () => {
    const stale = aCaller({ expiresAt: new Date(0) });

    const asked = whoami(aRegistry(aSlice()), stale, startOfTest);

    await expect(asked).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      reason: 'identity-expired',
    });
  });
});
