import type { VendCall, VendDependencies } from '../../core/vend.ts';
import type { CaBundle, IssuedToken } from '../../core/vend-answer.ts';
import { aCaller } from './callers.ts';
import { startOfTest } from './clock.ts';
import { anAudit, aRegistry } from './ports.ts';
import { aSlice } from './registry.ts';
import { anIssuedToken, aSession } from './sessions.ts';

export function aBundle(parts: Partial<CaBundle> = {}): CaBundle {
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  return { name: 'eu-west-1', sha256: 'ab'.repeat(32), pem, ...parts };
}

/** The CA bundles of one region. */
export function someBundles(): VendDependencies['caBundles'] {
  return { find: (name) => (name === 'eu-west-1' ? aBundle() : undefined) };
}

/** A vend path on which everything goes well, unless `parts` says otherwise. */
export function vendDependencies(parts: Partial<VendDependencies> = {}): VendDependencies {
  return {
    registry: aRegistry(aSlice()),
    sessions: { obtain: async () => aSession() },
    tokens: { cut: async (): Promise<IssuedToken> => anIssuedToken() },
    caBundles: someBundles(),
    audit: anAudit(),
    clock: () => startOfTest,
    ids: () => 'vend-1',
    ...parts,
  };
}

/** `aCaller()` asks for a token for `orders`. */
export function aCall(parts: Partial<VendCall> = {}): VendCall {
  return {
    identity: aCaller(),
    wish: { database: 'orders', inlineCa: false, fresh: false },
    facts: { requestId: 'request-1', sourceIp: '203.0.113.7', userAgent: 'curl/8.5.0' },
    apiUrl: 'https://tokens.example.com',
    outOfTime: new Promise(() => undefined),
    ...parts,
  };
}
