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

/** The bucket is to be kept, whether or not it gave a permit. */
export type Take =
  | { readonly taken: true; readonly bucket: Bucket }
  | { readonly taken: false; readonly bucket: Bucket; readonly retryAfterSeconds: number };

/** Takes one permit from `bucket` (a full one if undefined). A clock that went back gains nothing. */
export function take(bucket: Bucket | undefined, limit: RateLimit, now: Date): Take {
  const known = bucket === undefined ? { permits: limit.burst, at: now } : rewound(bucket, now);
  const permits = refilled(known, limit, now);
  if (permits >= 1) return { taken: true, bucket: { permits: permits - 1, at: now } };
  const retryAfterSeconds = Math.ceil((1 - permits) / limit.perSecond);
  return { taken: false, bucket: known, retryAfterSeconds };
}

/** Puts back a permit that was taken for nothing; no bucket gets fuller than full by it. */
export function giveBack(bucket: Bucket, { burst }: RateLimit): Bucket {
  return { ...bucket, permits: Math.min(burst, bucket.permits + 1) };
}

/** From ahead of us, a bucket would gain nothing until the clock is there again. */
function rewound(bucket: Bucket, now: Date): Bucket {
  return bucket.at > now ? { permits: bucket.permits, at: now } : bucket;
}

function refilled(bucket: Bucket, limit: RateLimit, now: Date): number {
  const elapsedSeconds = (now.getTime() - bucket.at.getTime()) / 1000;
  return Math.min(limit.burst, bucket.permits + elapsedSeconds * limit.perSecond);
}
