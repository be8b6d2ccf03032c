import { compileDatabase } from './compile-database.ts';
import { compileMember } from './compile-member.ts';
import { contentVersion, deepFreeze } from './content-version.ts';
import { membersOf, type RegistryDraft } from './draft.ts';
import type { Issuer, IssuerKeys, JwtMember, Member, RegistryDocument } from './model.ts';
import { error, type Finding } from './problem.ts';
import type { IssuerEntry } from './schema.ts';

export interface CompileOptions {
  /** Name of a published version; without one it is made from the content. */
  readonly version?: string;
  /** Key addresses found by discovery, by the issuer's name in the registry. */
  readonly resolvedJwksUris?: ReadonlyMap<string, string>;
}

/**
 * Turns a draft without errors into the document that is packaged or published: references resolved,
 * everything sorted, frozen. The same registry gives the same document, however its files are cut.
 */
export function compileDraft(draft: RegistryDraft, options: CompileOptions = {}): RegistryDocument {
  const members = membersOf(draft)
    .map((placed) => compileMember(placed, draft))
    .sort(inOrderOf(({ team, name }) => `${team}/${name}`));
  const content = {
    issuers: [...draft.issuers]
      .map(([name, entry]) => compileIssuer(name, entry, members, options))
      .sort(inOrderOf(({ name }) => name)),
    members,
    databases: [...draft.databases]
      .map(([name, entry]) => compileDatabase(name, entry, draft))
      .sort(inOrderOf(({ name }) => name)),
  };
  return deepFreeze({ version: options.version ?? contentVersion(content), ...content });
}

/** Issuers whose keys nobody has said or found yet; functions never run discovery. */
export function unresolvedIssuers(
  draft: RegistryDraft,
  resolved: ReadonlyMap<string, string> = new Map(),
): { readonly name: string; readonly url: string }[] {
  return [...draft.issuers]
    .filter(([name, { jwks, jwksUri }]) => !jwks && !jwksUri && !resolved.has(name))
    .map(([name, { url }]) => ({ name, url }));
}

export const unresolvedFinding = ({ name }: { readonly name: string }): Finding =>
  error(
    ['issuers', name],
    'Where the keys are is not known: run `tokenvend registry compile`, which finds it, or give jwksUri.',
  );

/** Ours: a day, the longest life of a Kubernetes service account's token by default. */
const defaultMaxTokenLifetimeSeconds = 86_400;

function compileIssuer(
  name: string,
  entry: IssuerEntry,
  members: readonly Member[],
  options: CompileOptions,
): Issuer {
  const own = members.filter(
    (member): member is JwtMember => member.kind === 'jwt' && member.issuerName === name,
  );
  const keys = own.flatMap(({ claims }) => claims.map(({ key }) => key));
  return {
    name,
    url: entry.url,
    audiences: entry.audiences,
    algorithms: entry.algorithms ?? ['RS256'],
    keys: keysOf(name, entry, options.resolvedJwksUris),
    maxTokenLifetimeSeconds: entry.maxTokenLifetimeSeconds ?? defaultMaxTokenLifetimeSeconds,
    claimKeys: [...new Set(keys)].sort(),
    auditClaims: entry.auditClaims ?? [],
  };
}

function keysOf(
  name: string,
  { jwks, jwksUri }: IssuerEntry,
  resolved: CompileOptions['resolvedJwksUris'],
): IssuerKeys {
  if (jwks !== undefined) return { kind: 'inline', jwks: { keys: jwks.keys } };
  const address = jwksUri ?? resolved?.get(name);
  if (address === undefined) throw new Error('an issuer without keys passed the registry check');
  return { kind: 'remote', jwksUri: address };
}

/** For texts of which no two are equal, such as the names in a section. */
function inOrderOf<T>(text: (value: T) => string): (one: T, other: T) => number {
  return (one, other) => (text(one) < text(other) ? -1 : 1);
}
