import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCaBundles } from '../../../clients/agent/ca-bundles.ts';
import {
  createFileKeeper,
  type KeptTarget,
  type Outcome,
} from '../../../clients/agent/file-keeper.ts';
import { readFreshness } from '../../../clients/agent/freshness.ts';
import { keepFresh } from '../../../clients/agent/keep-fresh.ts';
import { createApiClient } from '../../../clients/api-client/api-client.ts';
import type { TokenRequest } from '../../../clients/api-client/token-request.ts';
import { createTokenCache } from '../../../clients/token-cache/token-cache.ts';
import type { VendAnswer } from '../../../core/vend-answer.ts';
import type { Violations } from '../laws/violations.ts';
import { apiUrl } from '../world/editions.ts';
import type { TrueTime } from '../world/true-time.ts';
import type { Client, ClientDependencies } from './client.ts';

/** A pass reads the files; each costs the run real time, so that there are fewer than in life. */
const slowerBy = 6;
/** Of a token that was renewed in time, passes this far apart included. */
const leastSeconds = 60;
export interface AgentDependencies extends ClientDependencies {
  readonly time: TrueTime;
  readonly violations: Violations;
  /** Private; the targets' folders are made in it. */
  readonly directory: string;
  /** What somebody else does to a target's files after each pass. */
  readonly afterWriting?: ((directory: string) => Promise<void>) | undefined;
}

/**
 * The agent with several targets, one cache and real files. Its one chain of steps is real work but where it
 * waits for the API; so that it stays one chain, each target has a keeper, and its turn.
 */
export function startAgent(
  deps: AgentDependencies,
  targets: readonly { readonly database: string; readonly user: string }[],
): Client {
  const { name, machine, connections, uses, identity, time, violations, directory } = deps;
  const { clock, monotonicMs, random } = machine;
  const { realWork } = time;
  const client = { name: 'agent', version: '0.0.0' };
  const auth = { kind: 'jwt', identity } as const;
  const api = createApiClient({ urls: [apiUrl], auth, clock, client, connections });
  const cache = createTokenCache({ api, clock, monotonicMs, random });
  const caPemFor = createCaBundles(api);
  const stop = new AbortController();
  const kept = targets.map((target): KeptTarget => {
    const folder = join(directory, target.database);
    const files = { seenAs: folder, fileMode: 0o600 };
    return { name: { alias: target.database, ...target }, folder, files };
  });

  const freshness = (minTtlSeconds: number) =>
    readFreshness(directory, { now: new Date(time.nowMs()), minTtlSeconds });

  const judge = async (outcomes: readonly Outcome[]): Promise<void> => {
    const problems = new Map((await freshness(1)).map(({ alias, problem }) => [alias, problem]));
    for (const outcome of outcomes) {
      if (outcome.state === 'failed') continue;
      uses.judge(name, { ...outcome.answer, expiresIn: 0 });
      const problem = problems.get(outcome.alias);
      if (problem !== undefined) violations.add('whole-files', `${name} left them ${problem}`);
    }
  };

  const keeping = {
    cache: {
      get: (request: TokenRequest) => realWork.pause(() => cache.get(request)),
      refreshDue: () => realWork.pause(() => cache.refreshDue()),
    },
    caPemFor: (answer: VendAnswer) => realWork.pause(() => caPemFor(answer)),
    clock,
  };
  const keepers = kept.map((target) => createFileKeeper(keeping, [target]));
  const pass = (): Promise<readonly Outcome[]> =>
    realWork.run(async () => {
      const outcomes: Outcome[] = [];
      for (const keeper of keepers) outcomes.push(...(await keeper.pass()));
      for (const { folder } of kept) await deps.afterWriting?.(folder);
      await judge(outcomes);
      return outcomes;
    });
  const sleep = (ms: number): Promise<void> => time.sleep(ms * slowerBy);
  void keepFresh({ keeper: { pass }, sleep, signal: stop.signal });

  return {
    name,
    // What an application finds when it reads the files.
    use: () =>
      realWork.run(async () => {
        const found = await freshness(leastSeconds);
        return found.length === kept.length && found.every(({ problem }) => problem === undefined);
      }),
    tick: () => undefined,
    look: () => void cache.refreshDue(),
    kill() {
      stop.abort();
      connections.sever();
      for (const { folder } of kept) void realWork.run(() => leaveHalfWritten(folder));
    },
  };
}

/** As if it had been killed between two files of a pass, and while it was writing a third. */
async function leaveHalfWritten(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'password'), 'of a token from before');
  await writeFile(join(folder, '.env.0123456789ab.new'), 'export ');
}
