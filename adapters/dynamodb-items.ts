import { indexDocument } from '../core/registry/index-document.ts';
import type { RegistryDocument } from '../core/registry/model.ts';
import { type ItemKey, recordKey } from './dynamodb-layout.ts';
import { type RegistryRecord, recordText } from './dynamodb-records.ts';

/** One item of an edition: a record, or a part of one. */
export interface RecordItem extends ItemKey {
  readonly body: string;
  /** Only in the first part: how many parts there are, so that a missing one is noticed. */
  readonly parts?: number;
}

/**
 * All items of an edition, made one after the other: a registry of a hundred thousand databases need not
 * be in memory a second time.
 */
export function* itemsOf(document: RegistryDocument, edition: string): Generator<RecordItem> {
  for (const record of recordsOf(document)) yield* partsOf(record, edition);
}

/**
 * Characters of a part. An item has at most 400 KB (DynamoDB's limit, keys and attribute names
 * included), and a UTF-16 code unit at most three bytes of UTF-8.
 */
const maxPartLength = 100_000;

function* partsOf(record: RegistryRecord, edition: string): Generator<RecordItem> {
  const { kind, name } = record;
  const bodies = cut(recordText(record));
  for (const [part, body] of bodies.entries()) {
    const key = recordKey(edition, kind, name, part);
    yield part === 0 ? { ...key, body, parts: bodies.length } : { ...key, body };
  }
}

/** A surrogate pair that was cut in two would not survive UTF-8. */
function cut(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    const piece = text.slice(from, from + maxPartLength).replace(/(?<=.)[\uD800-\uDBFF]$/, '');
    pieces.push(piece);
    from += piece.length;
  }
  return pieces;
}

/** Names on a page but the last: at most 64 bytes each, so that one page costs 16 KB at the most. */
export const namesPerPage = 250;

function* recordsOf(document: RegistryDocument): Generator<RegistryRecord> {
  const { members, databases, issuers, databasesByGrantee } = indexDocument(document);
  for (const [name, value] of members) yield { kind: 'member', name, value };
  for (const [name, value] of databases) yield { kind: 'database', name, value };
  for (const [name, value] of issuers) yield { kind: 'issuer', name, value };
  for (const [grantee, granted] of databasesByGrantee) {
    yield* granteeRecords(
      grantee,
      granted.map(({ name }) => name),
    );
  }
}

function* granteeRecords(grantee: string, names: readonly string[]): Generator<RegistryRecord> {
  const firstNames: string[] = [];
  for (let from = 0; from < names.length; from += namesPerPage) {
    const value = names.slice(from, from + namesPerPage);
    yield { kind: 'page', name: pageName(grantee, firstNames.length), value };
    firstNames.push(...value.slice(0, 1));
  }
  yield { kind: 'grantee', name: grantee, value: firstNames };
}

/** A team's page has one slash in its name, a member's has two: `0` may be a member. */
export const pageName = (grantee: string, page: number): string => `${grantee}/${page}`;
