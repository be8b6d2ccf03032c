import { region } from '../../../local/organization.ts';
import type { createJudge } from '../laws/judge.ts';
import { followTraffic } from '../laws/traffic.ts';
import type { Plant } from '../plant.ts';
import type { World } from '../world/world.ts';
import { type Api, createApi } from './api.ts';
import { startAuthorizer } from './authorizer.ts';
import { startTokens, type TokensEnvironment } from './environment.ts';
import { createStsPort, type StsPort } from './sts-port.ts';

/** The API, and the processes behind it that can be killed. */
export interface Service {
  readonly api: Api;
  readonly sts: StsPort;
  /** Ends an environment; a new one takes its place at once. */
  killTokens(which: number): void;
  killAuthorizer(): void;
}

/** More than one, as under load; each takes several requests at once, which Lambda's do not. */
const environmentCount = 2;

/**
 * AssumeRole for one session in one environment: a bucket of five and one more each half minute
 * (adapters/caller-limits.ts); while STS fails, of five and one more every 2 s instead
 * (adapters/sts-outages.ts); and the SDK tries each twice.
 */
const stsCallsPerMinute = 2 * (5 + 2 + 5 + 30);

export function startService(
  world: World,
  judge: ReturnType<typeof createJudge>,
  plant: Plant,
): Service {
  const { time, chance, violations, credentials, roles, ids } = world;
  const traffic = followTraffic({
    nowMs: time.nowMs,
    perMinute: stsCallsPerMinute,
    onSecondAtOnce: () => violations.add('one-sts-call', 'two calls for one session at once'),
    onExcess: (_, count) => violations.add('few-sts-calls', `${count} for one session in a minute`),
  });
  const clock = (): Date => new Date(time.nowMs());
  const sts = createStsPort({
    sts: { region, credentials, roles, clock, ids },
    time,
    chance,
    traffic,
  });
  const registry = plant.registry?.(world.registry) ?? world.registry;
  const ports = { ...world, registry, sts };
  const start = (): TokensEnvironment => startTokens(ports, `tokens-${ids().slice(-6)}`, plant);
  const environments = Array.from({ length: environmentCount }, start);
  let authorizer = startAuthorizer(ports);

  const replace = (at: number): void => {
    environments[at]?.life.kill();
    environments[at] = start();
  };
  const replaceAuthorizer = (): void => {
    authorizer.life.kill();
    authorizer = startAuthorizer(ports);
  };

  return {
    sts,
    killTokens: (which) => replace(which % environmentCount),
    killAuthorizer: replaceAuthorizer,
    api: createApi({
      time,
      keys: credentials,
      tokens: () => environments[chance.below(environmentCount)] ?? start(),
      authorizer: () => authorizer,
      onTimeout(life) {
        const at = environments.findIndex((environment) => environment.life === life);
        if (at >= 0) {
          violations.add('before-the-limit', 'Lambda had to end the tokens function');
          replace(at);
        }
        if (authorizer.life === life) replaceAuthorizer();
      },
      onAnswer: judge,
    }),
  };
}
