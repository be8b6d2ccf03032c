import { describe, expect, it } from 'vitest';
import { targetOf } from '../../../../core/connection/target.ts';
import { aVendAnswer, sampleToken } from './builders.ts';

describe('targetOf', () => {
  it('takes everything that the answer knows', () => {
    const answer = aVendAnswer();

    const target = targetOf(answer, {});

    expect(target).toEqual({
      name: 'orders',
      engine: 'postgres',
      host: answer.database.host,
      port: 5432,
      dbname: 'orders',
      user: 'orders_app',
      token: sampleToken,
      vendId: answer.id,
      answer,
    });
  });

  it('adds what only the client knows', () => {
    const options = {
      name: 'reports',
      caFile: '/run/db/ca.pem',
      passFile: '/run/db/pgpass',
      via: { host: '127.0.0.1', port: 15432 },
      applicationName: 'billing',
    };

    expect(targetOf(aVendAnswer(), options)).toMatchObject(options);
  });

  it.each(['/ca.pem', 'C:\\db\\ca.pem', 'C:/db/ca.pem'])('takes the absolute path %s', (caFile) => {
    expect(targetOf(aVendAnswer(), { caFile }).caFile).toBe(caFile);
  });

  it.each([
    ['caFile', { caFile: 'ca.pem' }],
    ['caFile', { caFile: '' }],
    ['caFile', { caFile: '~/ca.pem' }],
    ['passFile', { passFile: './pgpass' }],
  ])('refuses a relative %s, which names another file in every folder', (field, options) => {
    expect(() => targetOf(aVendAnswer(), options)).toThrow(
      expect.objectContaining({ code: 'PATH_NOT_ABSOLUTE', field }),
    );
  });

  it.each([
    { host: 'localhost', port: 15432 },
    { host: 'bastion.example.com', port: 15432 },
    { host: '127.0.0.1', port: 0 },
    { host: '127.0.0.1', port: 65_536 },
    { host: '127.0.0.1', port: 1.5 },
  ])('refuses a tunnel at $host:$port', (via) => {
    expect(() => targetOf(aVendAnswer(), { via })).toThrow(
      expect.objectContaining({ code: 'ADDRESS_INVALID', field: 'via' }),
    );
  });

  it('leaves out what nobody has said', () => {
    const { dbname: _, ...database } = aVendAnswer().database;

    const target = targetOf({ ...aVendAnswer(), database }, {});

    expect(target).not.toHaveProperty('dbname');
    expect(target).not.toHaveProperty('applicationName');
  });

  it.each([1, 15_432, 65_535])('takes a tunnel at an IPv6 address and port %d', (port) => {
    const via = { host: '::1', port };

    expect(targetOf(aVendAnswer(), { via }).via).toEqual(via);
  });
});
