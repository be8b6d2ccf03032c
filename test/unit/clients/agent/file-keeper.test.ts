import { lstat, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import { anAnswer, aToken } from '../../../builders/answers.ts';
import { aKeeper, type KeeperUnderTest } from './a-keeper.ts';

let test: KeeperUnderTest;
beforeEach(async () => {
  test = await aKeeper();
});
afterEach(() => test.remove());

const read = (name: string): Promise<string> => readFile(join(test.folder, name), 'utf8');
const stateOf = async () => (await test.keeper.pass()).map(({ state }) => state);

describe('a pass of the keeper', () => {
  it('writes what is not there', async () => {
    expect(await stateOf()).toEqual(['written']);

    expect(await read('password')).toBe(anAnswer().token);
    expect((await readdir(test.folder)).sort()).toEqual(
      ['ca.pem', 'connection.json', 'env', 'password', 'pg_service.conf', 'pgpass'].sort(),
    );
  });

  it('touches nothing while the token is the same, although it has less to live', async () => {
    await test.keeper.pass();
    const { mtimeMs } = await lstat(join(test.folder, 'connection.json'));

    expect(await stateOf()).toEqual(['unchanged']);

    expect(await lstat(join(test.folder, 'connection.json'))).toMatchObject({ mtimeMs });
  });

  it('writes the next token', async () => {
    await test.keeper.pass();
    test.next = anAnswer({ id: 'next', token: aToken({}, 1) });

    expect(await stateOf()).toEqual(['written']);

    expect(await read('password')).toBe(aToken({}, 1));
    expect(JSON.parse(await read('connection.json'))).toMatchObject({ id: 'next' });
  });

  it('puts back what somebody removed or changed', async () => {
    await test.keeper.pass();
    await rm(join(test.folder, 'pgpass'));
    await writeFile(join(test.folder, 'password'), 'other');

    expect(await stateOf()).toEqual(['written']);

    expect(await read('password')).toBe(anAnswer().token);
    expect(await read('pgpass')).not.toBe('');
  });

  it('leaves the files as they are where there is no token', async () => {
    await test.keeper.pass();
    test.next = new ClientError('unreachable');

    expect(await test.keeper.pass()).toMatchObject([
      { alias: 'orders', state: 'failed', error: { reason: 'unreachable' } },
    ]);

    expect(await read('password')).toBe(anAnswer().token);
  });

  it('writes no token where there is no CA to verify the server with', async () => {
    test.ca = new ClientError('unreachable');

    expect(await stateOf()).toEqual(['failed']);

    await expect(readdir(test.folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

it('a pass does not wait for renewals, nor for a token, for as long as an API may take', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const silent = await aKeeper({}, { refreshDue: () => new Promise(() => undefined) });
  onTestFinished(() => silent.remove());

  const pass = silent.keeper.pass();
  await vi.advanceTimersByTimeAsync(10_000);

  expect(await pass).toMatchObject([{ state: 'written' }]);
  expect(silent.patience).toEqual([10_000]);
});

it('the keeper asks for the user and the team that were given', async () => {
  const named = await aKeeper({
    name: { alias: 'orders', database: 'orders', user: 'orders_app' },
    team: 'payments',
  });

  await named.keeper.pass();
  await named.remove();

  expect(named.asked).toEqual([{ database: 'orders', user: 'orders_app', team: 'payments' }]);
});
