import type { Connections } from '../../clients/api-client/connections.ts';
import type { Machine } from '../../clients/node/machine.ts';
import type { Step } from './schedule.ts';
import type { TokensPlant } from './service/environment.ts';
import type { RegistryPort } from './service/registry-port.ts';

/** Where a defect can be planted, to see that the laws notice. */
export interface Plant {
  readonly tokens?: TokensPlant;
  /** How many milliseconds the tokens function takes to be left, of those that are. */
  readonly timeLeft?: (leftMs: number) => number;
  /** Where every process opens its registry. */
  readonly registry?: (port: RegistryPort) => RegistryPort;
  readonly machine?: (machine: Machine) => Machine;
  readonly connections?: <C extends Connections>(connections: C) => C;
  /** Whether the extension takes a start for a snapshot for an ordinary one. */
  readonly overlooksSnapshots?: boolean;
  /** What lies between a client's answer and the application that waits for it. */
  readonly handOver?: <T>(answer: Promise<T>) => Promise<T>;
  /** What somebody else does to the agent's files after each pass. */
  readonly afterWriting?: (directory: string) => Promise<void>;
}

/** A defect that breaks one law, and the steps by which it shows. */
export interface PlantedDefect {
  readonly plant: Plant;
  readonly steps: readonly Step[];
}
