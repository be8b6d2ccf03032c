import type { TokenTarget } from '../../../clients/node/database-token.ts';
import { createTokenSource } from '../../../clients/node/token-source.ts';
import { apiUrl } from '../world/editions.ts';
import type { Client, ClientDependencies } from './client.ts';

/** How long the library lets a caller wait (token-cache), and the time between two looks at a clock. */
const limitMs = 10_050;

/** An application with the library in its process. */
export function startApplication(deps: ClientDependencies, target: TokenTarget): Client {
  const { name, machine, connections, uses, identity } = deps;
  const simulated = { ...machine, connections };
  const source = createTokenSource({ apiUrl, auth: { identity } }, simulated);
  const use = (fresh: boolean): Promise<boolean> =>
    uses.watch(name, limitMs, () => source.get({ ...target, fresh }));
  return {
    name,
    use,
    tick: () => undefined,
    look: () => void use(false),
    kill: () => connections.sever(),
  };
}
