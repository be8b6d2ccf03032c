/** Follows calls by key: how many at once, and how many within any minute. */
export interface Traffic {
  /** To be called when a call begins; what is returned, when it is over. */
  begin(key: string): () => void;
}

const minuteMs = 60_000;

/**
 * @param limits.perMinute Of true time, wherever the minute begins.
 * @param limits.onExcess Told once for each call that is one too many.
 */
export function followTraffic(limits: {
  readonly nowMs: () => number;
  readonly perMinute: number;
  readonly onSecondAtOnce: (key: string) => void;
  readonly onExcess: (key: string, inAMinute: number) => void;
}): Traffic {
  const open = new Map<string, number>();
  const began = new Map<string, number[]>();
  return {
    begin(key) {
      const atOnce = (open.get(key) ?? 0) + 1;
      open.set(key, atOnce);
      if (atOnce > 1) limits.onSecondAtOnce(key);
      const lately = [...(began.get(key) ?? []), limits.nowMs()].filter(
        (atMs) => limits.nowMs() - atMs < minuteMs,
      );
      began.set(key, lately);
      if (lately.length > limits.perMinute) limits.onExcess(key, lately.length);
      let isOver = false;
      return () => {
        if (!isOver) open.set(key, (open.get(key) ?? 1) - 1);
        isOver = true;
      };
    },
  };
}
