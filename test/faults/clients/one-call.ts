import { type ApiClientOptions, createApiClient } from '../../../clients/api-client/api-client.ts';
import { nightlyCredentials } from '../../../local/callers.ts';
import type { Step } from '../schedule.ts';
import { apiUrl } from '../world/editions.ts';
import type { World } from '../world/world.ts';
import type { Network } from './network.ts';

const callers = ['pod', 'deployment', 'stranger', 'nightly'] as const;

/** Some that the callers may have, and some that they may not. */
const targets = [
  { database: 'orders', user: 'orders_app' },
  { database: 'orders', user: 'orders_deploy' },
  { database: 'orders', user: 'orders_batch' },
  { database: 'ledger', user: 'ledger_app' },
  { database: 'ledger' },
  { database: 'nowhere', user: 'orders_app' },
] as const;

/** One call of the API by somebody who keeps nothing and may lose patience. Its answer is the judge's. */
export function callOnce(
  { world, network }: { readonly world: World; readonly network: Network },
  step: Extract<Step, { do: 'call' }>,
): void {
  const { time, ids } = world;
  const caller = callers[step.caller % callers.length] ?? 'pod';
  const target = targets[step.target % targets.length] ?? targets[0];
  const auth: ApiClientOptions['auth'] =
    caller === 'nightly'
      ? { kind: 'iam', credentials: async () => nightlyCredentials(world) }
      : { kind: 'jwt', identity: () => world.issuers.issue(caller) };
  const api = createApiClient({
    urls: [apiUrl],
    auth,
    clock: () => new Date(time.nowMs()),
    client: { name: 'cli', version: '0.0.0' },
    connections: network.connect(ids()),
  });
  const patience = new AbortController();
  void time.sleep(step.giveUpMs).then(() => patience.abort());
  const { signal } = patience;
  api.vend({ ...target, fresh: step.fresh }, { signal }).catch(() => undefined);
}
