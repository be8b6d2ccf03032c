import { dnsSuffixes, isSuffixOf } from './partitions.ts';

export type EndpointKind =
  | 'instance'
  | 'cluster'
  | 'cluster-ro'
  | 'cluster-custom'
  | 'shardgrp'
  | 'proxy';

/** What a host name under `rds.<suffix>` says about itself. */
export interface Endpoint {
  readonly kind: EndpointKind;
  readonly region: string;
}

/**
 * Reads an endpoint that RDS gave out: `<name>.[<kind>-]<id>.<region>.rds.<suffix>`, in China also
 * `<name>.[<kind>-]<id>.rds.<region>.<suffix>`; a further proxy endpoint has `.endpoint` after its
 * name. RDS checks the token against these names only: aliases (Route 53) are none.
 */
export function readEndpoint(host: string): Endpoint | undefined {
  const suffix = dnsSuffixes.find((one) => host.endsWith(`.${one}`));
  if (suffix === undefined) return undefined;
  const groups = pattern.exec(host.slice(0, -suffix.length - 1))?.groups;
  if (groups === undefined) return undefined;
  const { further, kind: prefix, region = groups.chinaRegion } = groups;
  if (region === undefined || !isSuffixOf(region, suffix)) return undefined;
  const kind = kindOf(prefix);
  return further !== undefined && kind !== 'proxy' ? undefined : { kind, region };
}

const label = '[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?';
const pattern = new RegExp(
  `^${label}(?<further>\\.endpoint)?` +
    '\\.(?:(?<kind>cluster-custom|cluster-ro|cluster|shardgrp|proxy)-)?[a-z0-9]+' +
    '\\.(?:(?<region>[a-z0-9-]+)\\.rds|rds\\.(?<chinaRegion>cn-[a-z0-9-]+))$',
);

function kindOf(text: string | undefined): EndpointKind {
  switch (text) {
    case 'cluster':
    case 'cluster-ro':
    case 'cluster-custom':
    case 'shardgrp':
    case 'proxy':
      return text;
    default:
      return 'instance';
  }
}

/**
 * The kinds of resource id whose `dbuser` ARN RDS checks at such an endpoint. An Aurora cluster's
 * instance endpoints are checked against the cluster's id.
 */
export const resourceKinds = {
  instance: ['db', 'cluster'],
  cluster: ['cluster'],
  'cluster-ro': ['cluster'],
  'cluster-custom': [],
  shardgrp: ['cluster'],
  proxy: ['prx'],
} as const satisfies Record<EndpointKind, readonly string[]>;
