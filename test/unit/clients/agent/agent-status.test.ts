import { describe, expect, it } from 'vitest';
import { createAgentStatus } from '../../../../clients/agent/agent-status.ts';
import type { Outcome } from '../../../../clients/agent/file-keeper.ts';
import { prometheusText } from '../../../../clients/agent/prometheus.ts';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import { anAnswer } from '../../../builders/answers.ts';
import { secondsAfter, startOfTest } from '../../../builders/clock.ts';

const written = (alias: string, stale = false): Outcome => ({
  alias,
  state: 'written',
  answer: anAnswer({ lifeSeconds: 900 }),
  stale,
});
const failed = (alias: string): Outcome => ({
  alias,
  state: 'failed',
  error: new ClientError('unreachable'),
});

/** A status of two targets after these passes, all made at the start of the test. */
function statusAfter(...passes: readonly (readonly Outcome[])[]) {
  const status = createAgentStatus(['a', 'b'], startOfTest);
  for (const outcomes of passes) status.record(outcomes, startOfTest);
  return status;
}

describe('an agent', () => {
  it.each([
    ['before the first pass', [], false],
    ['with one target written', [[written('a'), failed('b')]], false],
    [
      'with each written once',
      [
        [written('a'), failed('b')],
        [failed('a'), written('b')],
      ],
      true,
    ],
  ])('%s has started: %j', (_, passes, expected) => {
    expect(statusAfter(...passes).isStarted()).toBe(expected);
  });

  it.each([
    [870, true],
    [871, false],
    [2000, false],
  ])('%i s into tokens of 900 s is ready: %j', (seconds, expected) => {
    const status = statusAfter([written('a'), written('b')]);

    expect(status.isReady(secondsAfter(seconds))).toBe(expected);
  });

  it('stays ready through failures, for as long as the tokens are good', () => {
    const status = statusAfter([written('a'), written('b')], [failed('a'), failed('b')]);

    expect(status.isReady(secondsAfter(600))).toBe(true);
  });

  it.each([
    [59, true],
    [60, false],
    [-3600, false],
  ])('%i s after its last pass is live: %j', (seconds, expected) => {
    expect(statusAfter([failed('a'), failed('b')]).isLive(secondsAfter(seconds))).toBe(expected);
  });
});

it('the metrics tell ends, writes and failures, and nothing of what is written', () => {
  const text = prometheusText(
    statusAfter([written('a'), failed('b')], [written('a', true), failed('b')]),
  );

  expect(text).toContain(
    `tokenvend_agent_token_expires_at_seconds{target="a"} ${+secondsAfter(900) / 1000}\n`,
  );
  expect(text).not.toContain('expires_at_seconds{target="b"}');
  expect(text).toContain('tokenvend_agent_writes_total{target="a"} 2\n');
  expect(text).toContain('tokenvend_agent_failed_passes_total{target="a"} 1\n');
  expect(text).toContain('tokenvend_agent_failed_passes_total{target="b"} 2\n');
  expect(text).not.toContain(anAnswer().token);
});
