import { parseJson } from '../core/json-text.ts';
import { isDatabase } from '../core/registry/document-databases.ts';
import { isIssuer, isMember } from '../core/registry/document-identities.ts';
import {
  type Guard,
  isFilledListOf,
  isObjectOf,
  isOneOf,
  isText,
} from '../core/registry/guards.ts';
import type { Database, Issuer, Member } from '../core/registry/model.ts';
import { DynamodbFault } from './dynamodb-fault.ts';

/** What the registry's table holds of an edition, by kind and name. */
export type RegistryRecord =
  /** All members filed under one key (`member-keys.ts`), which is the name. */
  | { readonly kind: 'member'; readonly name: string; readonly value: readonly Member[] }
  | { readonly kind: 'database'; readonly name: string; readonly value: Database }
  /** By URL. */
  | { readonly kind: 'issuer'; readonly name: string; readonly value: Issuer }
  /** The databases of a team, or of a `team/member`: the first name on each page, in order. */
  | { readonly kind: 'grantee'; readonly name: string; readonly value: readonly string[] }
  /** One page of their names, in order; named `team/0` or `team/member/0`, and so on. */
  | { readonly kind: 'page'; readonly name: string; readonly value: readonly string[] };

export type RecordName = Pick<RegistryRecord, 'kind' | 'name'>;

/** A record as it is stored. With its name, so that nothing can be taken for something else. */
export const recordText = ({ kind, name, value }: RegistryRecord): string =>
  JSON.stringify({ kind, name, value });

/**
 * Reads a stored record as strictly as a packaged registry is read.
 *
 * @throws DynamodbFault `broken` for anything but the record that was asked for.
 */
export function parseRecord({ kind, name }: RecordName, text: string): RegistryRecord {
  const record: RegistryRecord = parseStored(kind, text);
  if (record.name !== name) throw new DynamodbFault('broken');
  return record;
}

/** {@link parseRecord} for whoever has asked for all records of a kind. */
export function parseStored<K extends Kind>(kind: K, text: string): RecordOf<K> {
  const record = parseJson(text);
  const isRecord: Guard<RecordOf<K>> = guards[kind];
  if (!isRecord(record)) throw new DynamodbFault('broken');
  return record;
}

type Kind = RegistryRecord['kind'];
export type RecordOf<K extends Kind> = Extract<RegistryRecord, { kind: K }>;

const name = isText;
const guards: { readonly [K in Kind]: Guard<RecordOf<K>> } = {
  member: isObjectOf<RecordOf<'member'>>({
    kind: isOneOf('member'),
    name,
    value: isFilledListOf(isMember),
  }),
  database: isObjectOf<RecordOf<'database'>>({
    kind: isOneOf('database'),
    name,
    value: isDatabase,
  }),
  issuer: isObjectOf<RecordOf<'issuer'>>({ kind: isOneOf('issuer'), name, value: isIssuer }),
  grantee: isObjectOf<RecordOf<'grantee'>>({
    kind: isOneOf('grantee'),
    name,
    value: isFilledListOf(isText),
  }),
  page: isObjectOf<RecordOf<'page'>>({
    kind: isOneOf('page'),
    name,
    value: isFilledListOf(isText),
  }),
};
