import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProvingGround, type ProvingGround } from '../../../../bench/vend/proving-ground.ts';
import { registryOf } from '../../../../bench/vend/registry-of.ts';
import { tokensFunction, type Vend } from '../../../../bench/vend/tokens-function.ts';
import { recordOutput } from '../../../builders/output.ts';

let ground: ProvingGround;
let vend: Vend;
let output: ReturnType<typeof recordOutput>;

beforeEach(async () => {
  output = recordOutput();
  ground = await openProvingGround(() => new Date());
  vend = tokensFunction(await ground.environmentWith(registryOf(150)));
});

afterEach(async () => {
  output.stop();
  await ground.close();
});

const audited = (): unknown[] =>
  output
    .lines()
    .filter((line) => line.startsWith('{"audit"'))
    .map((line) => JSON.parse(line));

describe('the tokens function on the proving ground', () => {
  it('vends with a session of the local STS, and records it', async () => {
    await vend('db-0');

    expect(ground.sts.calls.recent()).toMatchObject([{ action: 'AssumeRole', outcome: 'ok' }]);
    expect(audited()).toMatchObject([{ outcome: 'vended', database: 'db-0', reused: false }]);
  });

  it("fails for another team's database: a denial must not be timed as a vend", async () => {
    await expect(vend('db-1')).rejects.toBeInstanceOf(Error);
    expect(audited()).toMatchObject([{ outcome: 'denied', database: 'db-1' }]);
  });
});
