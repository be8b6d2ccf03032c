import { VendError } from '../errors.ts';
import type { Identity } from '../identity.ts';
import type { ClaimScalar, Member } from './model.ts';

/**
 * Members are filed under one key each, and a caller is looked up under all keys it could be filed
 * under. That is what keeps a decision as cheap with a hundred thousand entries as with ten.
 */

/** The most keys one caller may be looked up under; a lookup is one DynamoDB batch of 100, less the database's key. */
export const maxMemberKeys = 90;

/** The key a member is filed under: its subject, else its subject's prefix, else its first exact claim. */
export function keyOfMember(member: Member): string {
  if (member.kind === 'iam') {
    return iamKey(member.account, member.principal, member.principalName);
  }
  const { issuer, subject, claims } = member;
  if (subject !== undefined) {
    return 'exact' in subject
      ? jwtKey('subject', issuer, subject.exact)
      : jwtKey('prefix', issuer, subject.prefix);
  }
  for (const { key, match } of claims) {
    if ('exact' in match) return claimKey(issuer, key, match.exact);
  }
  throw new Error('a member without a subject or an exact claim passed the registry check');
}

/**
 * Every key under which a member that admits this caller can be filed, each once: a claim may repeat
 * an element, and DynamoDB refuses a batch that repeats a key.
 *
 * @throws VendError `UNAUTHENTICATED` (`too-many-claim-values`) for a caller with more than
 *   {@link maxMemberKeys} of them: leaving some out would decide on half an identity.
 */
export function keysOfIdentity(identity: Identity): string[] {
  if (identity.kind === 'iam') {
    return [iamKey(identity.account, identity.principal, identity.principalName)];
  }
  const { issuer, subject, claims } = identity;
  const keys = new Set([jwtKey('subject', issuer, subject)]);
  for (const prefix of prefixesOf(subject)) keys.add(jwtKey('prefix', issuer, prefix));
  for (const [key, value] of claims) {
    const elements = typeof value === 'object' ? value : [value];
    for (const element of elements) keys.add(claimKey(issuer, key, element));
  }
  if (keys.size > maxMemberKeys) throw new VendError('UNAUTHENTICATED', 'too-many-claim-values');
  return [...keys];
}

/** Each prefix that a pattern could name: up to and including every `:` and `/`, except the whole. */
function prefixesOf(subject: string): string[] {
  const prefixes: string[] = [];
  for (let at = 0; at < subject.length - 1; at++) {
    if (subject[at] === ':' || subject[at] === '/') prefixes.push(subject.slice(0, at + 1));
  }
  return prefixes;
}

const jwtKey = (kind: 'subject' | 'prefix', issuer: string, value: string): string =>
  JSON.stringify([kind, issuer, value]);

const claimKey = (issuer: string, key: string, value: ClaimScalar): string =>
  JSON.stringify(['claim', issuer, key, value]);

const iamKey = (account: string, principal: 'role' | 'user', name: string): string =>
  JSON.stringify(['iam', account, principal, name]);
