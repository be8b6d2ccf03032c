import { type CredentialStore, credentialStore } from '../../../local/aws/credentials.ts';
import type { Role } from '../../../local/aws/roles.ts';
import { organizationRoles } from '../../../local/organization.ts';
import { createDatabases, type Databases } from '../laws/database.ts';
import { createInForce, type InForce } from '../laws/in-force.ts';
import { followPace, type Pace } from '../laws/pace.ts';
import { createViolations, type Violations } from '../laws/violations.ts';
import { type AuditPort, createAuditPort } from '../service/audit-port.ts';
import { createFilePort } from '../service/file-port.ts';
import { createIssuerPort, type IssuerPort } from '../service/issuer-port.ts';
import type { RegistryPort } from '../service/registry-port.ts';
import { createTablePort } from '../service/table-port.ts';
import { type Chance, chanceFrom } from './chance.ts';
import { editions } from './editions.ts';
import { startTrueTime, type TrueTime } from './true-time.ts';

/** Where the registry lies. */
export type RegistryKind = 'file' | 'table';

/** What is outside the product: time, chance, AWS, the issuers, the operators; and what is found. */
export interface World {
  readonly time: TrueTime;
  readonly chance: Chance;
  readonly violations: Violations;
  readonly inForce: InForce;
  readonly pace: Pace;
  readonly credentials: CredentialStore;
  readonly roles: ReadonlyMap<string, Role>;
  readonly databases: Databases;
  readonly registry: RegistryPort;
  readonly audit: AuditPort;
  readonly issuers: IssuerPort;
  readonly ids: () => string;
  /** STS sessions for which one execution environment has room. */
  readonly maxSessions: number;
  /** Sets the functions' clocks. */
  setFunctionClocks(offsetSeconds: number): void;
  /** By how much they may have been wrong so far. */
  readonly clockErrorSeconds: () => number;
}

/** The clients ask for three sessions or four: kept for long in some runs, pushed out in others. By the seed. */
const room = { even: 4, odd: 2 } as const;

/** Takes over time: to be ended by `time.end`. */
export function createWorld(
  { seed, strictAudit }: { readonly seed: number; readonly strictAudit: boolean },
  kind: RegistryKind,
): World {
  const [time, chance, roles] = [startTrueTime(), chanceFrom(seed), organizationRoles()];
  const { nowMs } = time;
  const clock = (): Date => new Date(nowMs());
  const none: ReadonlySet<string> = new Set();
  const inForce = createInForce(nowMs, { document: editions.everyone, suspensions: none });
  const violations = createViolations(time.ranMs);
  const pace = followPace({
    clockMs: () => Date.now(),
    onTooSoon: (at, afterMs) => violations.add('few-looks', `at ${at} again after ${afterMs} ms`),
  });
  const credentials = credentialStore({ clock, random: chance.bytes });
  const createPort = kind === 'file' ? createFilePort : createTablePort;
  let clockErrorSeconds = 0;
  let ids = 0;
  return {
    time,
    chance,
    roles,
    inForce,
    credentials,
    violations,
    pace,
    databases: createDatabases({ credentials, roles, nowMs }),
    registry: createPort({ time, chance, inForce, pace }),
    audit: createAuditPort({ time, chance, isStrict: strictAudit }),
    issuers: createIssuerPort({ time, chance }),
    ids: () => `00000000-0000-7000-8000-${String(++ids).padStart(12, '0')}`,
    maxSessions: seed % 2 === 0 ? room.even : room.odd,
    setFunctionClocks(offsetSeconds) {
      clockErrorSeconds = Math.max(clockErrorSeconds, Math.abs(offsetSeconds));
      time.setMachineClock(offsetSeconds * 1000);
    },
    clockErrorSeconds: () => clockErrorSeconds,
  };
}
