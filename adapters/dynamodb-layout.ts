import { createHash } from 'node:crypto';

/** The primary key of an item: `pk` is the table's partition key, `sk` its sort key; both are strings. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** The one item that changes: which edition is in force, and what is suspended. */
export const pointerKey: ItemKey = { pk: 'registry', sk: 'pointer' };

/** The partition that lists the editions; read by operators only. */
export const editionsPartition = 'editions';

/**
 * Every record of an edition is filed under a hash of its name: subjects and claims may be longer than
 * the 1,024 bytes of a sort key, and the first digit spreads an edition over 16 partitions, each of
 * which DynamoDB serves up to 3,000 reads a second.
 */
export function recordKey(edition: string, kind: string, name: string, part = 0): ItemKey {
  const digest = createHash('sha256').update(name).digest('hex');
  const sk = [kind, digest, String(part).padStart(partDigits, '0')].join('/');
  return { pk: partition(edition, digest.slice(0, 1)), sk };
}

/** The partitions that together hold an edition. */
export const partitionsOf = (edition: string): readonly string[] =>
  [...'0123456789abcdef'].map((shard) => partition(edition, shard));

const partition = (edition: string, shard: string): string => `${edition}/${shard}`;

/** Part numbers are padded so that parts are listed in their order. */
const partDigits = 4;

/**
 * An edition is one writing of a version: its name and `~` with 12 hex digits. What was pruned is never
 * written to again, even where the same version is published anew.
 */
export const editionOf = (version: string, id: string): string => `${version}~${id}`;

export const versionOf = (edition: string): string => edition.slice(0, edition.lastIndexOf('~'));

export const isEdition = (text: string): boolean =>
  /^[A-Za-z0-9:._-]{1,100}~[0-9a-f]{12}$/.test(text);

/** An item key in the SDK's form. */
export const keyAttributes = ({ pk, sk }: ItemKey) => ({ pk: { S: pk }, sk: { S: sk } });

/** A key as one text, for maps. */
export const textOf = ({ pk, sk }: ItemKey): string => `${pk} ${sk}`;
