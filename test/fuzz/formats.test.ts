import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../core/connection/environment.ts';
import { FormatError } from '../../core/connection/format-error.ts';
import { type FormatName, formats, render } from '../../core/connection/formats.ts';
import type { ConnectionTarget } from '../../core/connection/target.ts';
import { anyCharacter } from '../builders/any-character.ts';
import { aTarget, hostileText, tokens } from '../unit/core/connection/builders.ts';
import { expectToSay, readableFormats } from './format-readers.ts';
import { fuzz } from './fuzz.ts';

const values = fc.oneof(hostileText, fc.string({ unit: anyCharacter, minLength: 1 }));
const paths = values.map((text) => `/${text}`);

/** Connections whose every text may hold anything, the host excepted, which RDS gives out. */
const targets: fc.Arbitrary<ConnectionTarget> = fc
  .record({
    engine: fc.constantFrom('postgres' as const, 'mysql' as const, 'mariadb' as const),
    port: fc.integer({ min: 1, max: 65_535 }),
    user: values,
    dbname: values,
    token: fc.oneof(tokens, values),
    caFile: paths,
    passFile: paths,
    applicationName: values,
  })
  .map((change) => aTarget(change));

const engineOf: Partial<Record<FormatName, ConnectionTarget['engine']>> = {
  pgpass: 'postgres',
  'pg-service': 'postgres',
  'my-cnf': 'mysql',
};

/** The target as its format writes it; `undefined` where it says that it cannot. */
function written(name: FormatName, target: ConnectionTarget): string | undefined {
  try {
    return render(name, target);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

describe('every format', () => {
  for (const name of readableFormats) {
    fuzz(
      `${name} says to its reader what it was to say, or refuses to`,
      fc.property(targets, (any) => {
        const target = { ...any, engine: engineOf[name] ?? any.engine };
        const text = written(name, target);

        if (text !== undefined) expectToSay[name](text, target);
      }),
    );
  }

  fuzz(
    'env says to a shell and its child what it was to say, or refuses to',
    fc.property(fc.array(targets, { minLength: 1, maxLength: 40 }), (some) => {
      const expressible = some.filter((target) => written('env', target) !== undefined);

      expect(readByShell(expressible)).toEqual(
        expressible.flatMap((target) => [...environmentOf(target).values()]),
      );
    }),
  );

  it('is written for some targets, and refused for some', () => {
    const cases = fc.sample(targets, { seed: 1, numRuns: 300 });

    const refusing = readableFormats.filter((name) =>
      cases.some((one) => written(name, one) === undefined),
    );

    for (const name of readableFormats) {
      const engine = engineOf[name];
      const texts = cases.map((one) => written(name, engine ? { ...one, engine } : one));
      expect(texts.some((text) => text !== undefined)).toBe(true);
    }
    expect(refusing).toEqual(['url', 'pgpass', 'pg-service', 'my-cnf', 'jdbc']);
  });

  it('has a reader here', () => {
    expect([...readableFormats, 'env'].sort()).toEqual(Object.keys(formats).sort());
  });
});

/** The values that a child finds, of a shell which ran the lines of each target in turn. */
function readByShell(some: readonly ConnectionTarget[]): string[] {
  const script = some.map((target) => {
    const print = [...environmentOf(target).keys()].map((name) => `printf "%s\\0" "$${name}"`);
    return `${render('env', target)}/bin/sh -c '${print.join('; ')}'\n`;
  });
  const output = execFileSync('/bin/sh', { input: script.join(''), encoding: 'utf8', env: {} });
  return output.split('\0').slice(0, -1);
}
