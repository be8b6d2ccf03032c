import { describe, expect, it } from 'vitest';
import { isLoginRefusal } from '../../../../clients/node/login-refusal.ts';

const cyclic: { cause?: unknown } = {};
cyclic.cause = cyclic;

const nested = (levels: number): unknown =>
  levels === 0 ? { code: '28000' } : { cause: nested(levels - 1) };

describe('a refused login', () => {
  it.each([
    ['of pg, by PAM', { code: '28000' }],
    ['of pg, as a wrong password', { code: '28P01' }],
    ['of mysql2', { code: 'ER_ACCESS_DENIED_ERROR', errno: 1045 }],
    ['of the mariadb connector', { errno: 1045, sqlState: '28000' }],
    ['in an ES2022 cause', { cause: { code: '28000' } }],
    ['in Sequelize', { name: 'SequelizeAccessDeniedError', parent: { code: '28P01' } }],
    ['in TypeORM', { driverError: { code: '28000' } }],
    ["in Prisma's adapter", { cause: { kind: 'AuthenticationFailed', originalCode: '28P01' } }],
    ['five levels deep', nested(5)],
  ])('is recognized %s', (_where, error) => {
    expect(isLoginRefusal(error)).toBe(true);
  });

  it.each([
    ['a missing database', { code: '3D000' }],
    ['a broken connection', { code: 'ECONNRESET' }],
    ['a missing permission', { code: '42501' }],
    ['a code in the text alone', new Error('28000')],
    ['no object', '28000'],
    ['null', null],
    ['a cycle', cyclic],
    ['something buried for no reason', nested(6)],
  ])('is not %s', (_what, error) => {
    expect(isLoginRefusal(error)).toBe(false);
  });
});
