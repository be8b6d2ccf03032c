import { v7 as uuidv7 } from 'uuid';
import { createAssumeRole } from '../../adapters/assume-role.ts';
import { createCaBundles } from '../../adapters/ca-bundles.ts';
import { createCallerLimits } from '../../adapters/caller-limits.ts';
import { chosenRegistry, registrySettings } from '../../adapters/chosen-registry.ts';
import { functionCall } from '../../adapters/dynamodb-call.ts';
import { createRdsTokens } from '../../adapters/rds-tokens.ts';
import {
  count,
  type Environment,
  optional,
  readSettings,
  text,
  url,
} from '../../adapters/settings.ts';
import { createStdoutAudit } from '../../adapters/stdout-audit.ts';
import { createStrictAudit } from '../../adapters/strict-audit.ts';
import { createAuditTable } from '../../adapters/strict-audit-table.ts';
import { createStsClient } from '../../adapters/sts-client.ts';
import { createStsSessions } from '../../adapters/sts-sessions.ts';
import { createTelemetry } from '../../adapters/telemetry.ts';
import type { TokensDependencies } from './handler.ts';

/** About 2 KB each: 20 MB of a function's 512 when full. */
const maxSessions = 10_000;
const maxBuckets = 20_000;

/** The longest retention that CloudWatch Logs has. */
const maxAuditDays = 3_653;

/** Where the local stack and tests differ from Lambda. */
export interface Surroundings {
  readonly clock?: () => Date;
  readonly auditStream?: Pick<NodeJS.WritableStream, 'write'>;
}

/**
 * Builds what the tokens function works with, from its environment.
 *
 * @throws SettingsError naming every variable that is missing or wrong.
 */
export function tokensDependencies(
  env: Environment,
  { clock = () => new Date(), auditStream = process.stdout }: Surroundings = {},
): TokensDependencies {
  const settings = readSettings(env, {
    apiId: text('TOKENVEND_API_ID', "this stack's API id"),
    publicUrl: optional(url('TOKENVEND_PUBLIC_URL')),
    ...registrySettings(env),
    certificates: text('TOKENVEND_CERTIFICATES', 'the folder of CA bundles'),
    region: text('AWS_REGION', 'the Region of this function'),
    auditTable: optional(text('TOKENVEND_AUDIT_TABLE', 'the name of a table')),
    auditDays: { ...count('TOKENVEND_AUDIT_DAYS', maxAuditDays), fallback: 400 },
  });
  const { log, counters, logger, metrics } = createTelemetry();
  const everyday = createStdoutAudit({ stream: auditStream, log, counters });
  const { auditTable, auditDays: retentionDays, region } = settings;
  const strictly = (tableName: string) => {
    const call = functionCall(env, region, clock);
    const store = createAuditTable({ call, tableName, retentionDays });
    return createStrictAudit({ store, everyday, log, counters });
  };
  const sts = createStsClient(env, region, clock);
  return {
    registry: chosenRegistry(settings, { env, clock, log, counters }),
    sessions: createStsSessions({
      assumeRole: createAssumeRole({ sts, clock }),
      limits: createCallerLimits({ clock, maxBuckets }),
      clock,
      log,
      counters,
      maxSessions,
    }),
    tokens: createRdsTokens({ clock }),
    caBundles: createCaBundles({ directory: settings.certificates }),
    audit: auditTable === undefined ? everyday : strictly(auditTable),
    clock,
    ids: uuidv7,
    apiId: settings.apiId,
    publicUrl: settings.publicUrl,
    log,
    logger,
    metrics,
  };
}
