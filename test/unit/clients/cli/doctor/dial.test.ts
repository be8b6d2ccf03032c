import { describe, expect, it } from 'vitest';
import { checkDns, checkTcp, dialledOf } from '../../../../../clients/cli/doctor/dial.ts';
import { anAnswer, host } from '../../../../builders/answers.ts';

const tunnel = { host: '127.0.0.1', port: 15432 };

describe('the check of DNS', () => {
  it('says which addresses the endpoint has', async () => {
    expect(await checkDns(anAnswer(), undefined, async () => ['10.0.0.7', '10.0.1.7'])).toEqual({
      check: 'dns',
      status: 'ok',
      saw: `${host} is 10.0.0.7, 10.0.1.7`,
    });
  });

  it('fails with the system’s code where it has none', async () => {
    const absent = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));

    expect(await checkDns(anAnswer(), undefined, absent)).toMatchObject({
      status: 'failed',
      saw: `${host}: ENOTFOUND`,
      exitCode: 2,
    });
  });

  it('asks nobody where a tunnel is dialled', async () => {
    const nobody = () => Promise.reject(new Error('asked'));

    expect(await checkDns(anAnswer(), tunnel, nobody)).toMatchObject({ status: 'skipped' });
  });
});

it('what is dialled is the endpoint, or the near end of the tunnel', () => {
  expect(dialledOf(anAnswer(), undefined)).toEqual({ host, port: 5432 });
  expect(dialledOf(anAnswer(), tunnel)).toEqual(tunnel);
});

it('a port where nothing listens is told by the system’s code', async () => {
  expect(await checkTcp({ host: '127.0.0.1', port: 1 }, 1_000)).toMatchObject({
    status: 'failed',
    saw: '127.0.0.1:1: ECONNREFUSED',
  });
});
