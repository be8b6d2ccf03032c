import { type Identity, principalOf } from './identity.ts';
import { keysInForce, membershipsOf, teamsOf } from './memberships.ts';
import type { RegistryStore } from './registry/store.ts';

/** The answer of `GET /v1/whoami`: the identity as tokenvend sees it. */
export interface Standing {
  readonly kind: 'jwt' | 'iam';
  readonly issuer?: string;
  readonly account?: string;
  readonly principal: string;
  readonly teams: readonly { readonly team: string; readonly members: readonly string[] }[];
  readonly expiresAt?: string;
  readonly registryVersion: string;
}

/** Who the caller is to tokenvend, and which member entries it satisfies. */
export async function whoami(
  registry: Pick<RegistryStore, 'slice'>,
  identity: Identity,
  now: Date,
): Promise<Standing> {
  const slice = await registry.slice({ memberKeys: keysInForce(identity, now) });
  const members = membershipsOf(slice, identity);
  return {
    kind: identity.kind,
    ...(identity.kind === 'jwt'
      ? { issuer: identity.issuer, expiresAt: identity.expiresAt.toISOString() }
      : { account: identity.account }),
    principal: principalOf(identity),
    teams: teamsOf(members).map((team) => ({
      team,
      members: members.filter((member) => member.team === team).map(({ name }) => name),
    })),
    registryVersion: slice.version,
  };
}
