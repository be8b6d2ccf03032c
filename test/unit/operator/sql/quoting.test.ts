import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comment,
  mysqlName,
  postgresCode,
  postgresName,
  postgresText,
} from '../../../../operator/sql/quoting.ts';
import { anyCharacter } from '../../../builders/any-character.ts';

/** Names made of what quoting is about, and anything else. */
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom('"', "'", '`', '\\', '$', '-', ';', '\n', 'a', 'ü') }),
  fc.string({ unit: anyCharacter }).filter((text) => !text.includes('\0')),
);

/** What a scanner of the engine reads: up to the first quote that is not doubled. */
function read(quoted: string, quote: string, doubles: string): string | undefined {
  const inner = quoted.slice(1, -1);
  if (!quoted.startsWith(quote) || !quoted.endsWith(quote) || quoted.length < 2) return undefined;
  if (inner.replaceAll(doubles, '').includes(quote)) return undefined;
  return inner.replaceAll(doubles, quote);
}

describe('quoting', () => {
  it('gives PostgreSQL names that read as what they are, and end where they should', () => {
    fc.assert(
      fc.property(texts, (name) => {
        expect(read(postgresName(name), '"', '""')).toBe(name);
      }),
    );
  });

  it('gives MySQL and MariaDB names that read as what they are, in every sql_mode', () => {
    fc.assert(
      fc.property(texts, (name) => {
        expect(read(mysqlName(name), '`', '``')).toBe(name);
      }),
    );
  });

  it('gives PostgreSQL texts that mean the same whatever standard_conforming_strings is', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const quoted = postgresText(text);

        const isEscaped = quoted.startsWith(' E');
        const inner = read(isEscaped ? quoted.slice(2) : quoted, "'", "''");
        expect(isEscaped).toBe(text.includes('\\'));
        expect(isEscaped ? inner?.replaceAll('\\\\', '\\') : inner).toBe(text);
      }),
    );
  });

  it('gives dollar quotes that the code inside cannot close', () => {
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom('', '$tokenvend$', '$tokenvend1', '$tokenvend'),
        (a, b) => {
          const [tag = '', ...lines] = postgresCode(`${a}${b}`).split('\n');

          expect(lines.at(-1)).toBe(tag);
          expect(lines.slice(0, -1).join('\n').includes(tag)).toBe(false);
          expect(`${lines.slice(0, -1).join('\n')}${tag}`.indexOf(tag)).toBe(
            lines.slice(0, -1).join('\n').length,
          );
        },
      ),
    );
  });

  it('keeps comments on their line', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(comment(text)).not.toMatch(/[\n\r\u2028\u2029]/);
      }),
    );
  });

  it.each([postgresName, postgresText, postgresCode, mysqlName])('refuses NUL (%o)', (quote) => {
    expect(() => quote('a\0b')).toThrow(expect.objectContaining({ code: 'input-invalid' }));
  });
});
