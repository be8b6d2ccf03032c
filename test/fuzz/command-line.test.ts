import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CliError } from '../../clients/cli/cli-error.ts';
import { parseTargets, parseTunnels } from '../../clients/cli/targets.ts';
import { fillTemplate, parseTemplate } from '../../clients/cli/template.ts';
import { anyCharacter } from '../builders/any-character.ts';
import { editedText } from './edits.ts';
import { fuzz } from './fuzz.ts';
import { within } from './time-limit.ts';

/** What a parser gives; `undefined` where it says that the command line is wrong. */
function parsed<T>(parse: () => T): T | undefined {
  try {
    return within(5_000, parse);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    expect(error.exitCode).toBe(2);
    return undefined;
  }
}

const signs = fc.oneof(
  fc.constantFrom(
    '/',
    '=',
    '.',
    '..',
    ',',
    ':',
    '{',
    '}',
    '{{',
    ' ',
    '\n',
    '\0',
    '*',
    '$',
    '-',
    'é',
  ),
  fc.string({ unit: anyCharacter, maxLength: 4 }),
);
const near = (...originals: string[]) =>
  fc.oneof(
    fc.constantFrom(...originals),
    editedText(fc.constantFrom(...originals), signs),
    fc.string({ unit: anyCharacter }),
    fc.string({ unit: fc.constantFrom(...'a1=/.:{}[],-'), maxLength: 12 }),
  );

const targets = near('orders', 'orders/orders_app', 'ro=orders/reader', 'orders/o=p');
const tunnels = near('127.0.0.1:15432', '[::1]:15432', 'orders=127.0.0.1:1,ledger=127.0.0.2:2');
const templates = near('DATABASE_URL={url}', 'X={orders.host}:{orders.port}', 'J={{"u":"{user}"}}');

describe('the command line', () => {
  fuzz(
    'reads targets whose aliases are safe as folders, or says that they are wrong',
    fc.property(fc.array(targets, { maxLength: 4 }), (texts) => {
      for (const [index, { alias, database, user }] of (
        parsed(() => parseTargets(texts)) ?? []
      ).entries()) {
        expect(alias).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/);
        expect(database).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
        const plain = user === undefined ? database : `${database}/${user}`;
        expect([plain, `${alias}=${plain}`]).toContain(texts[index]);
      }
    }),
  );

  fuzz(
    'reads tunnels that end at an address, or says that they are wrong',
    fc.property(tunnels, (text) => {
      const [orders, ledger] = parseTargets(['orders', 'ledger']);
      const read = parsed(() => parseTunnels(text, parseTargets(['orders', 'ledger'])));

      for (const target of [orders, ledger]) {
        const end = target && read?.(target);
        if (end === undefined) continue;
        expect(isIP(end.host)).toBeGreaterThan(0);
        expect(end.port > 0 && end.port < 65_536).toBe(true);
        expect(text).toContain(end.host);
      }
    }),
  );

  fuzz(
    'reads templates that name a variable, and keeps what is outside of braces',
    fc.property(templates, (text) => {
      const template = parsed(() => parseTemplate(text));
      if (template === undefined) return;
      const { variable } = template;

      expect(variable).toMatch(/^[A-Za-z_]\w*$/);
      const filled = fillTemplate(
        template,
        (alias, field) => `{${alias ? `${alias}.` : ''}${field}}`,
      );
      expect(filled).toBe(
        text
          .slice(variable.length + 1)
          .replaceAll('{{', '{')
          .replaceAll('}}', '}'),
      );
    }),
  );

  it('is given lines of which some are right and some are wrong', () => {
    const sample = <T>(from: fc.Arbitrary<T>) => fc.sample(from, { seed: 1, numRuns: 200 });
    const outcomes = [
      sample(targets).map((text) => parsed(() => parseTargets([text]))),
      sample(tunnels).map((text) => parsed(() => parseTunnels(text, parseTargets(['orders'])))),
      sample(templates).map((text) => parsed(() => parseTemplate(text))),
    ];

    for (const some of outcomes) {
      expect(some.some((one) => one === undefined)).toBe(true);
      expect(some.some((one) => one !== undefined)).toBe(true);
    }
  });
});
