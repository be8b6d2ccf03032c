import { ClientError } from './client-error.ts';

/** Where the Region to sign for may be found beside the address. Empty counts as not set. */
export interface RegionSettings {
  /** Said explicitly, for a custom domain that hides it. */
  readonly region?: string | undefined;
  /** The caller's own (`AWS_REGION`): only a guess, as the API may live elsewhere. */
  readonly ownRegion?: string | undefined;
}

const region = /^[a-z]{2,}(?:-[a-z0-9]+)+-\d+$/;

/** Regional, private and VPC endpoint names alike: `….execute-api.<region>.…`. */
const executeApi = /(?:^|\.)execute-api\.([a-z0-9-]+)\./;

/**
 * The Region to sign for: as said, else by the API's host name, else the caller's own.
 *
 * @throws ClientError `region-unknown`.
 */
export function signingRegion({ hostname }: URL, settings: RegionSettings): string {
  const found = settings.region || executeApi.exec(hostname)?.[1] || settings.ownRegion;
  if (found === undefined || !region.test(found)) throw new ClientError('region-unknown');
  return found;
}
