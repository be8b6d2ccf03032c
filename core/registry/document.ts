import { VendError } from '../errors.ts';
import { parseJson } from '../json-text.ts';
import { isDatabase } from './document-databases.ts';
import { isIssuer, isMember } from './document-identities.ts';
import { isListOf, isObjectOf, isText } from './guards.ts';
import type { RegistryDocument } from './model.ts';

/**
 * Reads a compiled registry. Strict: a truncated, foreign or hand-edited file is refused whole, since
 * what a condition lost in it would be a condition not checked.
 *
 * @throws VendError `UPSTREAM_UNAVAILABLE` (`registry-unavailable`), without a word of the content.
 */
export function parseDocument(text: string): RegistryDocument {
  const value = parseJson(text);
  if (!isDocument(value)) throw new VendError('UPSTREAM_UNAVAILABLE', 'registry-unavailable');
  return value;
}

const isDocument = isObjectOf<RegistryDocument>({
  version: isText,
  issuers: isListOf(isIssuer),
  members: isListOf(isMember),
  databases: isListOf(isDatabase),
});
