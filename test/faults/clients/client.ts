import type { Connections } from '../../../clients/api-client/connections.ts';
import type { Machine } from '../../../clients/node/machine.ts';
import type { Uses } from '../laws/uses.ts';

/** One client of the API, on a machine whose clocks may be wrong. */
export interface Client {
  readonly name: string;
  /** What an application does: asks for a token. Resolves with whether it got one. */
  use(fresh: boolean): Promise<boolean>;
  /** What goes on by itself while time passes: an invocation, a pass. */
  tick(): void;
  /** Reads its clocks, as whatever runs does. */
  look(): void;
  /** Nothing of it happens any more. */
  kill(): void;
}

export interface ClientDependencies {
  readonly name: string;
  readonly machine: Machine;
  readonly connections: Connections & { sever(): void };
  readonly uses: Uses;
  /** Identity for clients that use a JWT. */
  readonly identity: () => Promise<string>;
}
