import { createLocalJWKSet, errors, type JSONWebKeySet } from 'jose';
import type { Log } from '../core/log.ts';
import { isRecord } from '../core/registry/guards.ts';
import { maxIssuers } from '../core/registry/issuer-limit.ts';
import type { Issuer } from '../core/registry/model.ts';
import { FetchFailed, type FetchFault } from './capped-fetch.ts';
import { createRemoteKeys, type KeyLookup } from './remote-keys.ts';

/**
 * The keys of each issuer, apart from those of every other: a key id that two issuers use never
 * crosses over. An issuer whose entry in the registry changes starts anew; past as many as a registry
 * may hold, the oldest goes.
 */
export function createIssuerKeys(deps: {
  /** GETs a JSON document; may reject with anything. */
  readonly fetchJwks: (address: string) => Promise<unknown>;
  readonly clock: () => Date;
  readonly log: Log;
}): (issuer: Issuer) => KeyLookup {
  const lookups = new Map<string, KeyLookup>();
  return (issuer) => {
    const id = JSON.stringify([issuer.url, issuer.keys]);
    const known = lookups.get(id);
    if (known !== undefined) return known;
    const lookup = lookupFor(deps, issuer);
    const [oldest] = lookups.keys();
    if (oldest !== undefined && lookups.size >= maxIssuers) lookups.delete(oldest);
    lookups.set(id, lookup);
    return lookup;
  };
}

function lookupFor(deps: Parameters<typeof createIssuerKeys>[0], issuer: Issuer): KeyLookup {
  const { keys } = issuer;
  if (keys.kind === 'inline') return keysIn(keys.jwks);
  const fetchKeys = async (): Promise<KeyLookup> => {
    try {
      return keysIn(await deps.fetchJwks(keys.jwksUri));
    } catch (error) {
      deps.log.error('ISSUER_UNREACHABLE', { issuer: issuer.name, fault: faultOf(error) });
      throw error;
    }
  };
  return createRemoteKeys({ fetchKeys, clock: deps.clock });
}

function faultOf(error: unknown): FetchFault | 'not-keys' | 'unexpected' {
  if (error instanceof FetchFailed) return error.fault;
  return error instanceof errors.JWKSInvalid ? 'not-keys' : 'unexpected';
}

function keysIn(document: unknown): KeyLookup {
  if (!isKeySet(document)) throw new errors.JWKSInvalid('not a key set');
  return createLocalJWKSet(document);
}

/**
 * Checks the outline of a key set only. jose examines a key when a JWT names it, and skips keys that it
 * cannot use.
 */
function isKeySet(document: unknown): document is JSONWebKeySet {
  return isRecord(document) && Array.isArray(document.keys) && document.keys.every(isRecord);
}
