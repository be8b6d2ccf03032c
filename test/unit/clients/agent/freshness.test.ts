import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFreshness } from '../../../../clients/agent/freshness.ts';
import { sha256Hex } from '../../../../clients/api-client/parse-answer.ts';
import { anAnswer, aToken } from '../../../builders/answers.ts';
import { secondsAfter } from '../../../builders/clock.ts';
import { aKeeper, type KeeperUnderTest } from './a-keeper.ts';

const caPem = 'the roots\n';
let test: KeeperUnderTest;
beforeEach(async () => {
  test = await aKeeper();
  const { tls } = anAnswer();
  test.next = anAnswer({ tls: { ...tls, ca: { ...tls.ca, sha256: sha256Hex(caPem) } } });
  await test.keeper.pass();
});
afterEach(() => test.remove());

const states = (seconds = 0, minTtlSeconds = 30) =>
  readFreshness(join(test.folder, '..'), { now: secondsAfter(seconds), minTtlSeconds });

const file = (name: string): string => join(test.folder, name);

describe('what an agent left', () => {
  it('is fresh, and for how long', async () => {
    expect(await states()).toEqual([
      { alias: 'orders', problem: undefined, expiresAt: secondsAfter(900) },
    ]);
  });

  it.each([
    [870, undefined],
    [871, 'expired'],
  ])('%i s later is %s', async (seconds, problem) => {
    expect(await states(seconds)).toMatchObject([{ problem }]);
  });

  it.each([
    ['there is no connection.json', 'incomplete', () => rm(file('connection.json'))],
    ['connection.json is cut', 'incomplete', () => writeFile(file('connection.json'), '{"id":')],
    ['there is no CA', 'incomplete', () => rm(file('ca.pem'))],
    ['there is no pgpass', 'incomplete', () => rm(file('pgpass'))],
    ['the CA is another', 'mixed', () => writeFile(file('ca.pem'), 'other')],
    ['the password is of another token', 'mixed', () => writeFile(file('password'), aToken({}, 1))],
    ['pgpass is of another token', 'mixed', () => writeFile(file('pgpass'), 'a:1:b:c:d\n')],
    ['others may read pgpass', 'exposed', () => chmod(file('pgpass'), 0o640)],
  ])('where %s is %s', async (_, problem, change) => {
    await change();

    expect(await states()).toMatchObject([{ alias: 'orders', problem }]);
  });

  it('is nothing where no target was written', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'tokenvend-empty-'));

    const found = await readFreshness(empty, { now: secondsAfter(0), minTtlSeconds: 30 });
    await rm(empty, { recursive: true });

    expect(found).toEqual([]);
  });
});
