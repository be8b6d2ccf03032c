import type { ClientDependencies } from './client.ts';
import type { ExtensionDependencies } from './extension.ts';

export interface SnapshotGuard {
  readonly connections: ClientDependencies['connections'];
  /** To be told of an invocation: there are none before a snapshot. */
  invoked(): void;
  /** Looks at the clocks. To be told whenever the process does, as a clock may be set back again. */
  look(): void;
}

/** Clocks that differ by more tell that the machine stood still: a restore as much as a freeze. */
const toleratedMs = 1_000;

/**
 * Sees to it that a process calls nobody while a snapshot may still be taken of it: what it got would be in
 * every environment that is restored from it.
 */
export function guardSnapshot(
  deps: Pick<
    ExtensionDependencies,
    'name' | 'machine' | 'connections' | 'violations' | 'isSnapshot'
  >,
): SnapshotGuard {
  const { name, machine, connections, violations } = deps;
  const apartMs = (): number => machine.clock().getTime() - machine.monotonicMs();
  const apartAtFirstMs = apartMs();
  let mayBeTaken = deps.isSnapshot;
  const look = (): void => {
    if (Math.abs(apartMs() - apartAtFirstMs) > toleratedMs) mayBeTaken = false;
  };
  return {
    look,
    invoked: () => {
      mayBeTaken = false;
    },
    connections: {
      ...connections,
      send(request, signal) {
        look();
        if (mayBeTaken) violations.add('clean-snapshot', `${name} calls before its snapshot`);
        return connections.send(request, signal);
      },
    },
  };
}
