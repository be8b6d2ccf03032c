/** A bucket that holds up to `burst` permits and gains `perSecond` of them. */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
}

/** The state of one bucket: permits left at an instant. */
export interface Bucket {
  readonly permits: number;
  readonly at: Date;
}

export type Take =
  | { readonly taken: true; readonly bucket: Bucket }
  | { readonly taken: false; readonly retryAfterSeconds: number };

/** Takes one permit from `bucket` (a full one if undefined). A clock that went back gains nothing. */
export function take(bucket: Bucket | undefined, limit: RateLimit, now: Date): Take {
  const permits = bucket === undefined ? limit.burst : refilled(bucket, limit, now);
  if (permits >= 1) return { taken: true, bucket: { permits: permits - 1, at: now } };
  return { taken: false, retryAfterSeconds: Math.ceil((1 - permits) / limit.perSecond) };
}

function refilled(bucket: Bucket, limit: RateLimit, now: Date): number {
  const elapsedSeconds = Math.max(0, (now.getTime() - bucket.at.getTime()) / 1000);
  return Math.min(limit.burst, bucket.permits + elapsedSeconds * limit.perSecond);
}
