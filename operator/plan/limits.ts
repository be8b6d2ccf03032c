import { isIP } from 'node:net';
import { isInNetworks } from '../../core/source-ip.ts';

/** What bounds access besides who is asking: from where, and until when. */
export interface Limits {
  readonly cidrs?: readonly string[];
  /** Epoch milliseconds. */
  readonly notAfterMs?: number;
}

/** For people; also the same for equal limits. */
export function limitsText({ cidrs, notAfterMs }: Limits): string {
  const parts = [
    ...(cidrs === undefined ? [] : [`from ${[...cidrs].sort().join(', ')}`]),
    ...(notAfterMs === undefined ? [] : [`until ${new Date(notAfterMs).toISOString()}`]),
  ];
  return parts.length === 0 ? 'without limits' : parts.join(' ');
}

/** Whether everything that `inner` permits is permitted by `outer` too. */
export function isWithin(inner: Limits, outer: Limits): boolean {
  return (
    (inner.notAfterMs ?? Number.POSITIVE_INFINITY) <=
      (outer.notAfterMs ?? Number.POSITIVE_INFINITY) && areNetworksWithin(inner.cidrs, outer.cidrs)
  );
}

function areNetworksWithin(
  inner: readonly string[] | undefined,
  outer: readonly string[] | undefined,
): boolean {
  if (outer === undefined) return true;
  return inner?.every((one) => outer.some((other) => isNetworkWithin(one, other))) ?? false;
}

function isNetworkWithin(inner: string, outer: string): boolean {
  const [address = '', bits] = inner.split('/');
  const [outerAddress = '', outerBits] = outer.split('/');
  return (
    isIP(address) === isIP(outerAddress) &&
    Number(bits) >= Number(outerBits) &&
    isInNetworks(address, [outer])
  );
}

/** The earlier of two ends; `undefined` is never. */
export function earlier(one: number | undefined, other: number | undefined): Limits {
  const ends = [one, other].filter((end) => end !== undefined);
  return ends.length === 0 ? {} : { notAfterMs: Math.min(...ends) };
}
