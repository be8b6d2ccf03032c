import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parametersFrom, tried } from './fuzz.ts';
import { within } from './time-limit.ts';

const small = fc.property(fc.nat(1_000), (number) => number < 500);

describe('a fuzzed property', () => {
  it('says how to replay what failed, and the replay fails at once', async () => {
    const report = await tried('is small', small, {}).then(String, String);

    const [, seed, path] = /FUZZ_SEED=(-?\d+) FUZZ_PATH=(\S+) .* -t 'is small'/.exec(report) ?? [];
    const again = await tried('is small', small, { FUZZ_SEED: seed, FUZZ_PATH: path }).then(
      String,
      String,
    );
    expect(again).toContain('failed after 1 tests');
    expect(again).toContain('[500]');
  });

  it('is tried as often as FUZZ_CASES says', async () => {
    const right = fc.property(fc.nat(), () => true);

    expect(await tried('is right', right, { FUZZ_CASES: '37' })).toBe(37);
  });

  it('takes no setting that is no number', () => {
    expect(() => parametersFrom({ FUZZ_CASES: 'many' })).toThrow('FUZZ_CASES');
  });

  it('is not waited for when it hangs', () => {
    const hang = () => within(50, () => /^(a+)+$/.test(`${'a'.repeat(60)}!`));

    expect(hang).toThrow(expect.objectContaining({ code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' }));
  });
});
