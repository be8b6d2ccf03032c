import { readFileSync } from 'node:fs';
import type { CaBundle } from '../../../../core/vend-answer.ts';
import type { AskOutcome, ProbeChecks, ProbeTarget } from '../../../../functions/probe/checks.ts';
import { startOfTest } from '../../../builders/clock.ts';

export const granted: ProbeTarget = { database: 'orders', user: 'probe' };
export const refused: ProbeTarget = { database: 'orders', user: 'orders_app' };

/** Bundles that hold these texts, by name. */
export function bundlesOf(pems: Readonly<Record<string, string>>): ProbeChecks['caBundles'] {
  const find = (name: string): CaBundle | undefined => {
    const pem = pems[name];
    return pem === undefined ? undefined : { name, pem, sha256: 'ab'.repeat(32) };
  };
  return { names: () => Object.keys(pems), find };
}

/** The bundle of a Region as it is on board. */
export const onBoard = (name: string): string => readFileSync(`certificates/${name}.pem`, 'utf8');

/** Checks that all pass, unless `parts` says otherwise. */
export function someChecks(parts: Partial<ProbeChecks> = {}): ProbeChecks {
  return {
    ask: async ({ user }): Promise<AskOutcome> => (user === granted.user ? 'vended' : 'denied'),
    mustBeAllowed: granted,
    mustBeDenied: refused,
    caBundles: bundlesOf({ 'eu-west-1': onBoard('eu-west-1') }),
    clock: () => startOfTest,
    ...parts,
  };
}
