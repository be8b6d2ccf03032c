import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { createCaBundles } from '../../adapters/ca-bundles.ts';
import {
  type Environment,
  readSettings,
  type Setting,
  text,
  url,
} from '../../adapters/settings.ts';
import { createTelemetry } from '../../adapters/telemetry.ts';
import { type ApiClient, createApiClient } from '../../clients/api-client/api-client.ts';
import { ClientError } from '../../clients/api-client/client-error.ts';
import { environmentCredentials } from '../../clients/api-client/environment-credentials.ts';
import type { AskOutcome, ProbeTarget } from './checks.ts';
import type { ProbeDependencies } from './handler.ts';

/**
 * Builds what the probe works with, from its environment.
 *
 * @throws SettingsError naming every variable that is missing or wrong.
 */
export function probeDependencies(
  env: Environment,
  { clock = () => new Date() }: { readonly clock?: () => Date } = {},
): ProbeDependencies {
  const settings = readSettings(env, {
    apiUrl: url('TOKENVEND_API_URL'),
    mustBeAllowed: target('TOKENVEND_PROBE_ALLOWED'),
    mustBeDenied: target('TOKENVEND_PROBE_DENIED'),
    certificates: text('TOKENVEND_CERTIFICATES', 'the folder of CA bundles'),
    version: text('TOKENVEND_VERSION', "this deployment's version"),
    region: text('AWS_REGION', 'the Region of this function'),
  });
  const { log, logger, metrics } = createTelemetry();
  const client = createApiClient({
    urls: [settings.apiUrl],
    auth: { kind: 'iam', credentials: environmentCredentials(env), region: settings.region },
    clock,
    client: { name: 'probe', version: settings.version },
  });
  return {
    ask: (wanted) => ask(client, wanted),
    mustBeAllowed: settings.mustBeAllowed,
    mustBeDenied: settings.mustBeDenied,
    caBundles: createCaBundles({ directory: settings.certificates }),
    clock,
    report: (name, value) => metrics.addMetric(name, unitOf[name], value),
    log,
    logger,
    metrics,
  };
}

const unitOf = {
  ProbeAllowed: MetricUnit.Count,
  ProbeDenied: MetricUnit.Count,
  ProbeVendMs: MetricUnit.Milliseconds,
  CaDaysLeft: MetricUnit.Count,
} as const satisfies Record<Parameters<ProbeDependencies['report']>[0], unknown>;

/** With `fresh`, so that STS is asked each time: a session kept from an hour ago would hide its refusal. */
async function ask(client: ApiClient, wanted: ProbeTarget): Promise<AskOutcome> {
  try {
    const { tls } = await client.vend({ ...wanted, fresh: true });
    const { sha256 } = await client.ca(tls.ca.bundle);
    return sha256 === tls.ca.sha256 ? 'vended' : 'failed:ca-mismatch';
  } catch (error) {
    if (!(error instanceof ClientError)) return 'failed:unexpected';
    return error.reason === 'denied' ? 'denied' : `failed:${error.reason}`;
  }
}

/** `database/user`, as the command line has it too. */
function target(variable: string): Setting<ProbeTarget> {
  return {
    variable,
    expected: 'database/user',
    parse(value) {
      const [database, user, ...others] = value.split('/');
      return database && user && others.length === 0 ? { database, user } : undefined;
    },
  };
}
