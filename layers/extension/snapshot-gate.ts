import { ClientError } from '../../clients/api-client/client-error.ts';
import { settlesWithin } from '../../clients/token-cache/settles-within.ts';

/**
 * Stays closed while a snapshot may still be taken of this process: a token fetched before it would be
 * copied into every environment that is restored from it, and be handed out long after its end.
 */
export interface SnapshotGate {
  isOpen(): boolean;
  open(): void;
  /** Waits for it. Rejects with `ClientError` `gave-up-waiting`. */
  passed(timeoutMs: number): Promise<void>;
}

/** @param isSnapshot Whether the process runs for a snapshot; else the gate is open from the start. */
export function createSnapshotGate(isSnapshot: boolean): SnapshotGate {
  let isOpen = !isSnapshot;
  let release = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    isOpen: () => isOpen,
    open() {
      isOpen = true;
      release();
    },
    async passed(timeoutMs) {
      if (isOpen) return;
      if (!(await settlesWithin(opened, timeoutMs))) throw new ClientError('gave-up-waiting');
    },
  };
}
