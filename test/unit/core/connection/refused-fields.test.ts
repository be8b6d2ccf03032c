import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../../core/connection/format-error.ts';
import { type FormatName, render } from '../../../../core/connection/formats.ts';
import type { ConnectionTarget } from '../../../../core/connection/target.ts';
import type { Engine } from '../../../../core/registry/model.ts';
import { aTarget } from './builders.ts';

/** The texts that each format writes, besides those that it makes itself. */
const written: readonly (readonly [FormatName, Engine, readonly (keyof ConnectionTarget)[]])[] = [
  ['env', 'postgres', ['host', 'via', 'user', 'dbname', 'caFile', 'token']],
  ['env', 'mysql', ['host', 'token', 'user', 'dbname', 'caFile']],
  ['url', 'postgres', ['user', 'token', 'host', 'dbname', 'caFile']],
  ['url', 'mysql', ['user', 'token', 'host', 'dbname', 'caFile']],
  ['pgpass', 'postgres', ['host', 'dbname', 'user', 'token']],
  ['pg-service', 'postgres', ['name', 'host', 'via', 'dbname', 'user', 'caFile', 'passFile']],
  ['my-cnf', 'mariadb', ['host', 'user', 'token', 'caFile', 'dbname']],
  ['jdbc', 'postgres', ['user', 'caFile', 'host', 'dbname']],
  ['jdbc', 'mysql', ['user', 'host', 'dbname']],
  ['jdbc', 'mariadb', ['user', 'caFile', 'host', 'dbname']],
];

const cases = written.flatMap(([name, engine, fields]) =>
  fields.map((field) => ({ name, engine, field })),
);

const spoilt = (field: keyof ConnectionTarget): Partial<ConnectionTarget> =>
  field === 'via' ? { via: { host: '::1\0', port: 15_432 } } : { [field]: '/\0' };

describe('a value that a format cannot hold', () => {
  it.each(cases)('is refused in $name for $engine as its $field', ({ name, engine, field }) => {
    const target = aTarget({ engine, ...spoilt(field) });

    expect(() => render(name, target)).toThrow(
      expect.objectContaining({ code: 'VALUE_NOT_EXPRESSIBLE', field }),
    );
  });

  it.each([
    ['jdbc', 'postgres'],
    ['env', 'mysql'],
  ] as const)('is the tunnel in %s for %s', (name, engine) => {
    const target = aTarget({ engine, via: { host: '::1', port: 15_432 } });

    expect(() => render(name, target)).toThrow(
      expect.objectContaining({ code: 'TUNNEL_UNSUPPORTED', field: 'via' }),
    );
  });

  it('is named by code and field', () => {
    const error = new FormatError('VALUE_NOT_EXPRESSIBLE', 'user');

    expect(String(error)).toBe('FormatError: VALUE_NOT_EXPRESSIBLE: user');
  });
});
