import { createAssumeRole } from '../../../adapters/assume-role.ts';
import { createCallerLimits } from '../../../adapters/caller-limits.ts';
import { createRdsTokens } from '../../../adapters/rds-tokens.ts';
import { createStsSessions } from '../../../adapters/sts-sessions.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { createTokensHandler, type TokensDependencies } from '../../../functions/tokens/handler.ts';
import { aContext, ourApiId } from '../../builders/events.ts';
import { aLog, someCounters } from '../../builders/ports.ts';
import type { Pace } from '../laws/pace.ts';
import { followRoom } from '../laws/room.ts';
import type { Violations } from '../laws/violations.ts';
import type { Plant } from '../plant.ts';
import { createMortal } from '../world/mortal.ts';
import type { TrueTime } from '../world/true-time.ts';
import type { AuditPort } from './audit-port.ts';
import { caBundles } from './ca-bundles.ts';
import type { IssuerPort } from './issuer-port.ts';
import type { RegistryPort } from './registry-port.ts';
import type { StsPort } from './sts-port.ts';

/** What the functions reach outside themselves. */
export interface ServicePorts {
  readonly time: TrueTime;
  readonly violations: Violations;
  readonly pace: Pace;
  readonly sts: StsPort;
  readonly registry: RegistryPort;
  readonly audit: AuditPort;
  readonly issuers: IssuerPort;
  readonly ids: () => string;
  readonly maxSessions: number;
}

/** Changes the tokens function of every environment: how a defect is planted. */
export type TokensPlant = (deps: TokensDependencies) => TokensDependencies;

/** What a plant may change of it. */
type TokensPlants = Pick<Plant, 'tokens' | 'timeLeft'>;

/** `Timeout` of the functions in template.yaml. */
export const functionTimeoutMs = 9_000;

/** The machine's own clock, as on Lambda: `Date`, which the run may set. */
const clock = (): Date => new Date();

/** One execution environment of the tokens function, wired as functions/tokens/wire.ts does. */
export function startTokens(ports: ServicePorts, name: string, planted: TokensPlants) {
  const life = createMortal();
  const { maxSessions } = ports;
  const [log, counters] = [aLog(), someCounters()];
  const { logger, metrics } = createTelemetry();
  const assumeRole = createAssumeRole({ sts: ports.sts.open(life, name), clock });
  const limits = createCallerLimits({ clock, maxBuckets: 100 });
  const { tokens: change = (unchanged) => unchanged, timeLeft = (leftMs) => leftMs } = planted;
  const deps = change({
    registry: ports.registry.open(life),
    sessions: createStsSessions({ assumeRole, limits, clock, log, counters, maxSessions }),
    tokens: createRdsTokens({ clock }),
    caBundles,
    audit: ports.audit.open(life),
    clock,
    ids: ports.ids,
    apiId: ourApiId,
    publicUrl: undefined,
    log,
    logger,
    metrics,
  });
  const sessions = followRoom(deps.sessions, {
    room: maxSessions,
    onExcess: (others) =>
      ports.violations.add('few-sessions', `one was kept beside ${others} others`),
  });
  const handler = createTokensHandler({ ...deps, sessions });
  const invoke = (event: Parameters<typeof handler>[0]) => {
    const limitMs = ports.time.ranMs() + functionTimeoutMs;
    const getRemainingTimeInMillis = () => timeLeft(limitMs - ports.time.ranMs());
    return handler(event, { ...aContext(), getRemainingTimeInMillis });
  };
  return { life, invoke };
}
export type TokensEnvironment = ReturnType<typeof startTokens>;
