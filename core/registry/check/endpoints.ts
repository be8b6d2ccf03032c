import type { DraftDatabase, RegistryDraft } from '../draft.ts';
import { readEndpoint } from '../endpoint.ts';
import { partitionOf } from '../partitions.ts';
import { error, type Finding } from '../problem.ts';
import { highestPort, lowestPort } from '../schema.ts';

/** The host is part of what is signed: RDS knows its own endpoints only, and only in their region. */
export function checkEndpoints(draft: RegistryDraft): Finding[] {
  return [...draft.databases].flatMap(([name, database]) => [
    ...hostFindings(name, database),
    ...portFindings(name, database),
    ...regionFindings(name, database),
  ]);
}

function hostFindings(name: string, { host }: DraftDatabase): Finding[] {
  const path = ['databases', name, 'host'];
  if (host !== host.toLowerCase()) {
    return [error(path, 'Write the host in lower case: signers disagree about anything else.')];
  }
  const endpoint = readEndpoint(host);
  if (endpoint === undefined) {
    return [error(path, 'Give the endpoint that RDS shows, without a port; RDS refuses aliases.')];
  }
  return endpoint.kind === 'cluster-custom'
    ? [error(path, 'RDS refuses tokens for custom endpoints; give the cluster or reader endpoint.')]
    : [];
}

function portFindings(name: string, { port }: DraftDatabase): Finding[] {
  return port >= lowestPort && port <= highestPort
    ? []
    : [error(['databases', name, 'port'], `RDS listens on ports ${lowestPort} to ${highestPort}.`)];
}

function regionFindings(name: string, { host, region }: DraftDatabase): Finding[] {
  const path = ['databases', name, 'region'];
  if (partitionOf(region) === undefined) {
    return [error(path, 'This is no AWS region; write it as in eu-west-1.')];
  }
  const endpoint = readEndpoint(host);
  return endpoint === undefined || endpoint.region === region
    ? []
    : [error(path, `The host is in ${endpoint.region}; correct the region or the host.`)];
}
