import type { Context } from 'aws-lambda';
import { inTime } from '../../core/in-time.ts';

/**
 * Middy's own early answer, switched off. It leaves 5 ms before Lambda's limit, without a record, while the
 * work behind it runs on and may still record something else, be it in the next invocation.
 */
export const noEarlyAnswer = { timeoutEarlyInMillis: 0 } as const;

/**
 * Before Lambda's limit, milliseconds: when work ends. A record in the strict table may take two tries of
 * 500 ms (adapters/dynamodb-call.ts), one in the log stream next to nothing; and half a second besides.
 */
const toRecordMs = 1_500;

/** Before Lambda's limit, milliseconds: when the answer leaves. Writing it and its log lines takes a few. */
const toAnswerMs = 250;

/**
 * Answers before Lambda ends the invocation, which would say nothing and lose the environment. `work` is
 * told when it has to end, with enough time left to record that. Where it is the writing that hangs, it is
 * given up last: what `work` has in hand then leaves no more, and neither does a token without its record.
 *
 * Rejects as `work` does, else with `VendError` `UPSTREAM_UNAVAILABLE` (`audit-unwritable`).
 */
export async function withDeadline<T>(
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  work: (outOfTime: Promise<void>) => Promise<T>,
): Promise<T> {
  const leftMs = context.getRemainingTimeInMillis();
  const [end, last] = [alarmIn(leftMs - toRecordMs), alarmIn(leftMs - toAnswerMs)];
  try {
    return await inTime(last.rings, work(end.rings), 'audit-unwritable');
  } finally {
    end.stop();
    last.stop();
  }
}

function alarmIn(ms: number): { readonly rings: Promise<void>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const rings = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, ms));
  });
  return { rings, stop: () => clearTimeout(timer) };
}
