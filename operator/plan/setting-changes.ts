import { canonicalJson } from '../../core/registry/content-version.ts';
import type { Issuer, IssuerKeys, RegistryDocument } from '../../core/registry/model.ts';
import { undiscoveredKeys } from '../read-registry.ts';

/** A change of what a rule means or where a grant leads, apart from who has access to what. */
export interface SettingChange {
  /** Such as `issuer github`, `database orders`, `team payments in account 111122223333`. */
  readonly of: string;
  readonly what: string;
  /** Whether somebody could be believed, or something be sent somewhere, that was not before; or evidence is lost. */
  readonly risky: boolean;
}

/** The differences in issuers, in endpoints, and in the teams' roles. */
export function settingChanges(before: RegistryDocument, after: RegistryDocument): SettingChange[] {
  return [
    ...pairs(before.issuers, after.issuers).flatMap(([was, now]) => issuerChanges(was, now)),
    ...endpointChanges(before, after),
    ...roleChanges(before, after),
  ];
}

function issuerChanges(was: Issuer | undefined, now: Issuer | undefined): SettingChange[] {
  const of = `issuer ${(now ?? was)?.name}`;
  if (was === undefined) return [{ of, what: `is new: ${now?.url}`, risky: true }];
  if (now === undefined) return [{ of, what: 'is no longer trusted', risky: false }];
  const changed = (what: string, risky: boolean, differs: boolean) =>
    differs ? [{ of, what, risky }] : [];
  const life = [was.maxTokenLifetimeSeconds, now.maxTokenLifetimeSeconds] as const;
  return [
    ...changed(`url: ${was.url} becomes ${now.url}`, true, was.url !== now.url),
    ...listChanges(of, 'audience', was.audiences, now.audiences),
    ...listChanges(of, 'algorithm', was.algorithms, now.algorithms),
    ...evidenceChanges(of, was.auditClaims, now.auditClaims),
    ...changed(
      `keys: ${keysText(was.keys)} becomes ${keysText(now.keys)}`,
      true,
      keysDiffer(was, now),
    ),
    ...changed(
      `tokens may live ${life[1]} s, not ${life[0]} s`,
      life[1] > life[0],
      life[0] !== life[1],
    ),
  ];
}

function listChanges(of: string, noun: string, was: readonly string[], now: readonly string[]) {
  const added = now.filter((one) => !was.includes(one));
  const removed = was.filter((one) => !now.includes(one));
  return [
    ...added.map((one) => ({ of, what: `${noun} added: ${one}`, risky: true })),
    ...removed.map((one) => ({ of, what: `${noun} removed: ${one}`, risky: false })),
  ];
}

/** A claim that is no longer kept is missed only when somebody asks who it was. */
function evidenceChanges(of: string, was: readonly string[], now: readonly string[]) {
  return listChanges(of, 'audit claim', was, now).map((change) => ({
    ...change,
    risky: !change.risky,
  }));
}

/** An address that is found when the registry is compiled is not known here, so it is no difference. */
function keysDiffer({ keys: was }: Issuer, { keys: now }: Issuer): boolean {
  const isOpen = [was, now].some((keys) => addressOf(keys) === undiscoveredKeys);
  return isOpen ? was.kind !== now.kind : canonicalJson(was) !== canonicalJson(now);
}

const addressOf = (keys: IssuerKeys): string | undefined =>
  keys.kind === 'remote' ? keys.jwksUri : undefined;

function keysText(keys: IssuerKeys): string {
  if (keys.kind === 'inline') {
    return `${keys.jwks.keys.length} in the registry (${keys.jwks.keys.map(({ kid = 'no kid' }) => kid).join(', ')})`;
  }
  return keys.jwksUri === undiscoveredKeys ? 'found by discovery' : keys.jwksUri;
}

function endpointChanges(before: RegistryDocument, after: RegistryDocument): SettingChange[] {
  return pairs(before.databases, after.databases).flatMap(([was, now]) => {
    if (was === undefined || now === undefined) return [];
    const of = `database ${now.name}`;
    const facts = ['host', 'port', 'engine', 'dbname', 'caBundle'] as const;
    return facts
      .filter((fact) => was[fact] !== now[fact])
      .map((fact) => {
        const what = `${fact}: ${was[fact] ?? 'none'} becomes ${now[fact] ?? 'none'}`;
        return { of, what, risky: fact === 'host' || fact === 'port' };
      });
  });
}

function roleChanges(before: RegistryDocument, after: RegistryDocument): SettingChange[] {
  const old = rolesOf(before);
  return [...rolesOf(after)].flatMap(([of, now]) => {
    const was = old.get(of);
    if (was === undefined) return [{ of, what: `acts through ${now.roleArn}`, risky: false }];
    const role = `role: ${was.roleArn} becomes ${now.roleArn}`;
    return [
      ...(was.roleArn === now.roleArn ? [] : [{ of, what: role, risky: true }]),
      ...(was.externalId === now.externalId
        ? []
        : [{ of, what: 'the external id changes', risky: false }]),
    ];
  });
}

/** One role for each team and account, which is what the registry's check makes sure of. */
function rolesOf({ databases }: RegistryDocument) {
  const roles = new Map<string, { readonly roleArn: string; readonly externalId?: string }>();
  for (const { account, users } of databases) {
    for (const grant of users.flatMap(({ grants }) => grants)) {
      roles.set(`team ${grant.team} in account ${account}`, grant);
    }
  }
  return roles;
}

/** Entries of both versions by name. */
function pairs<T extends { readonly name: string }>(before: readonly T[], after: readonly T[]) {
  const old = new Map(before.map((one) => [one.name, one]));
  const now = new Map(after.map((one) => [one.name, one]));
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.map((name) => [old.get(name), now.get(name)] as const);
}
