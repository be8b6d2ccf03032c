import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate, parseTemplate } from '../../../../clients/cli/template.ts';

const filled = (text: string): string =>
  fillTemplate(parseTemplate(text), (alias, field) => `<${alias ?? ''}.${field}>`);

describe('a template', () => {
  it.each([
    ['URL={url}', '<.url>'],
    ['URL={orders.url}', '<orders.url>'],
    ['URL={orders-ro.url}', '<orders-ro.url>'],
    ['X=a{host}b{port}c', 'a<.host>b<.port>c'],
    ['X=', ''],
    ['X=a=b', 'a=b'],
    ['X={{"u":"{user}"}}', '{"u":"<.user>"}'],
    ['X={{{user}}}', '{<.user>}'],
    ['X=two\nlines', 'two\nlines'],
  ])('%s becomes %s', (text, expected) => {
    expect(filled(text)).toBe(expected);
  });

  it.each(['', 'X', '=x', '1X=x', 'A-B=x', 'X={', 'X=}', 'X={}', 'X={a b}', 'X={a.b.c}', 'X={url'])(
    'is not %j',
    (text) => {
      expect(() => parseTemplate(text)).toThrow(expect.objectContaining({ exitCode: 2 }));
    },
  );

  it('gives back any text whose braces are doubled', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab{}.="\'$\n ') }), (text) => {
        expect(filled(`X=${text.replace(/[{}]/g, '$&$&')}`)).toBe(text);
      }),
    );
  });
});
