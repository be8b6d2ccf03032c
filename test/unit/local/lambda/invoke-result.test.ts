import { describe, expect, it } from 'vitest';
import type { Trouble } from '../../../../local/lambda/init-phase.ts';
import { resultOfTrouble } from '../../../../local/lambda/invoke-result.ts';

const timeout: Trouble = { kind: 'timeout' };
const crash: Trouble = {
  kind: 'failed',
  failure: { errorType: 'Extension.Crash', message: 'exit code 9' },
  functionError: undefined,
};

function resultOf(trouble: Trouble, like: 'lambda' | 'rie', answered?: string) {
  return resultOfTrouble(trouble, {
    requestId: 'a',
    functionTimeoutMs: 3_000,
    like,
    answered,
  });
}

describe('what a caller hears of trouble', () => {
  it('is an error object of status 200 from Lambda', () => {
    const result = resultOf(timeout, 'lambda');

    expect(result).toMatchObject({ status: 200, functionError: 'Unhandled' });
    expect(JSON.parse(result.body)).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: a Error: Task timed out after 3.00 seconds',
    });
  });

  it('is plain text of status 200 from the RIE after a timeout', () => {
    expect(resultOf(timeout, 'rie')).toMatchObject({
      status: 200,
      functionError: undefined,
      body: 'Task timed out after 3.00 seconds',
    });
  });

  it("is the function's answer with status 502 from the RIE after a crash", () => {
    expect(resultOf(crash, 'rie', '"done"')).toMatchObject({ status: 502, body: '"done"' });
  });

  it("is the runtime's own report where it made one", () => {
    const reported = { ...crash, functionError: '{"errorType":"TypeError"}' };

    expect(resultOf(reported, 'lambda').body).toBe('{"errorType":"TypeError"}');
  });
});
