import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';
import type { Stack } from '../../../local/stack.ts';
import type { Canaries } from './canaries.ts';

export interface PlantedKeys {
  /** Plants the secrets of an AWS key, where the local AWS knows it. */
  plant(keyId: string): void;
  stop(): void;
}

/**
 * Plants the secrets of every AWS key with which a request to a server of this process is signed:
 * those of the functions' own role as well, which nothing else shows.
 */
export function plantSigningKeys(
  canaries: Canaries,
  { credentials }: Pick<Stack, 'credentials'>,
): PlantedKeys {
  const known = new Set<string>();
  const plant = (keyId: string): void => {
    const key = known.has(keyId) ? undefined : credentials.find(keyId);
    if (key === undefined) return;
    known.add(keyId);
    canaries.plant('secret key', key.secretAccessKey);
    if (key.kind === 'session') canaries.plant('session token', key.sessionToken);
  };
  const onRequest = (message: unknown): void => plant(keyIdIn(message));
  subscribe('http.server.request.start', onRequest);
  return { plant, stop: () => unsubscribe('http.server.request.start', onRequest) };
}

function keyIdIn(message: unknown): string {
  const request: unknown = Object(message).request;
  if (!(request instanceof IncomingMessage)) return '';
  return /Credential=([A-Z0-9]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
}
