import { createHash } from 'node:crypto';
import type { RecordItem } from './dynamodb-items.ts';

/** What stands under each sort key: a digest of the content. The same for every edition of one version. */
export type ItemDigests = ReadonlyMap<string, string>;

/** One digest for a whole edition, whatever the order in which its items were seen. */
export function digestOf(items: ItemDigests): string {
  const hash = createHash('sha256');
  for (const key of [...items.keys()].sort()) hash.update(`${key} ${items.get(key)}\n`);
  return hash.digest('hex');
}

export function digestsOf(items: Iterable<RecordItem>): ItemDigests {
  const digests = new Map<string, string>();
  for (const item of items) digests.set(item.sk, itemDigest(item));
  return digests;
}

export const itemDigest = ({ body, parts }: RecordItem): string =>
  createHash('sha256').update(`${parts}\n${body}`).digest('base64url');
