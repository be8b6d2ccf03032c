import { createFileRegistry } from '../../../adapters/file-registry.ts';
import type { WatchedSource } from '../../../adapters/watched-source.ts';
import { aClock } from '../../builders/clock.ts';
import { describeRegistryStore } from './registry-store-contract.ts';

const holding = <T>(value: T): WatchedSource<T> => ({
  fingerprint: async () => 'always the same',
  read: async () => value,
});

describeRegistryStore('a file', async (document, suspended = []) =>
  createFileRegistry({
    registry: holding(document),
    suspensions: holding<ReadonlySet<string>>(new Set(suspended)),
    clock: aClock(),
    report: () => undefined,
  }),
);
