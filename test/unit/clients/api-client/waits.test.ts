import { describe, expect, it } from 'vitest';
import {
  extensionAnswerMs,
  heldMs,
  longestCallMs,
  outlasting,
  withinAttempt,
} from '../../../../clients/api-client/waits.ts';

const reaches = [1, 2, 5].flatMap((addresses) =>
  [100, 3_000, 30_000].map((timeoutMs) => ({ addresses, timeoutMs })),
);

describe.each(reaches)('with $addresses addresses of $timeoutMs ms', (reach) => {
  const { addresses, timeoutMs } = reach;

  it('a call may be late at every address twice', () => {
    expect(longestCallMs(reach)).toBe(addresses * timeoutMs * 2);
  });

  it('the extension holds a request until every address was late', () => {
    expect(heldMs(reach)).toBeGreaterThan(addresses * timeoutMs);
  });

  it('who asks the extension waits until it has given up, before and after a snapshot', () => {
    expect(extensionAnswerMs(reach)).toBeGreaterThan(2 * heldMs(reach));
  });

  it('an identity is given up before the attempt that waits for it', () => {
    expect(withinAttempt(60_000, timeoutMs)).toBeLessThan(timeoutMs);
  });
});

it('what waits for something ends after it', () => {
  expect(outlasting(1_000)).toBeGreaterThan(1_000);
});

it('a source that no attempt waits for has its own limit alone', () => {
  expect(withinAttempt(5_000)).toBe(5_000);
});
