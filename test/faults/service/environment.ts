import type { Context } from 'aws-lambda';
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

/** The machine's own clock, as on Lambda: `Date`, which the run may set. */
const clock = (): Date => new Date();

/** One execution environment of the tokens function, wired as functions/tokens/wire.ts does. */
export function startTokens(ports: ServicePorts, name: string, plant: TokensPlant) {
  const life = createMortal();
  const { maxSessions } = ports;
  const [log, counters] = [aLog(), someCounters()];
  const { logger, metrics } = createTelemetry();
  const assumeRole = createAssumeRole({ sts: ports.sts.open(life, name), clock });
  const limits = createCallerLimits({ clock, maxBuckets: 100 });
  const deps = plant({
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
  return { life, invoke: (event: Parameters<typeof handler>[0]) => handler(event, context) };
}
export type TokensEnvironment = ReturnType<typeof startTokens>;

const context: Context = aContext();
