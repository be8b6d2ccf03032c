import type { AuditRecord, AuditSink } from '../../core/audit.ts';
import type { CounterName, Counters, Log, LogCode, LogFields } from '../../core/log.ts';
import { indexDocument, listingOf } from '../../core/registry/index-document.ts';
import type { Database } from '../../core/registry/model.ts';
import type { RegistryListing, RegistrySlice, RegistryStore } from '../../core/registry/store.ts';
import { deferred } from './deferred.ts';

/** An audit sink that keeps what it is given. */
export interface RecordingAudit extends AuditSink {
  readonly records: readonly AuditRecord[];
}

export function anAudit(): RecordingAudit {
  const records: AuditRecord[] = [];
  return {
    records,
    write: async (record) => {
      records.push(record);
    },
  };
}

/** An audit sink that is down. */
export function aFailingAudit(error: Error): AuditSink & { readonly attempts: () => number } {
  let attempts = 0;
  return {
    attempts: () => attempts,
    write: async () => {
      attempts += 1;
      throw error;
    },
  };
}

/** An audit sink whose writes stay open until `release` is called. */
export function aLateAudit(): RecordingAudit & { release(): void } {
  const records: AuditRecord[] = [];
  const gate = deferred<void>();
  return {
    records,
    release: () => gate.resolve(undefined),
    write: (record) => {
      records.push(record);
      return gate.promise;
    },
  };
}

/** A registry that holds one slice, and remembers what it was asked. */
export function aRegistry(slice: RegistrySlice): Pick<RegistryStore, 'slice' | 'listing'> & {
  readonly queries: readonly Parameters<RegistryStore['slice']>[0][];
} {
  const queries: Parameters<RegistryStore['slice']>[0][] = [];
  return {
    queries,
    slice: async (query) => {
      queries.push(query);
      return slice;
    },
    listing: async (query) => {
      queries.push(query);
      const databases = slice.database === undefined ? [] : [slice.database];
      return aListing(slice, databases);
    },
  };
}

/** A listing over these databases, with what a slice says of the caller. */
export function aListing(slice: RegistrySlice, databases: readonly Database[]): RegistryListing {
  const index = indexDocument({ version: slice.version, issuers: [], members: [], databases });
  return { ...listingOf(index, { memberKeys: [] }, slice.suspensions), ...slice };
}

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly code: LogCode;
  readonly fields: LogFields;
}

export function aLog(): Log & { readonly entries: readonly LogEntry[] } {
  const entries: LogEntry[] = [];
  const at =
    (level: LogEntry['level']) =>
    (code: LogCode, fields: LogFields = {}): void => {
      entries.push({ level, code, fields });
    };
  return { entries, info: at('info'), warn: at('warn'), error: at('error') };
}

export function someCounters(): Counters & { readonly counted: readonly CounterName[] } {
  const counted: CounterName[] = [];
  return {
    counted,
    add: (name) => {
      counted.push(name);
    },
  };
}
