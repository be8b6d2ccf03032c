import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRegistry } from '../../../../core/registry/load.ts';
import { maxFileLength, readYamlFile } from '../../../../core/registry/yaml-file.ts';
import { aRegistryFile } from '../../../builders/registry-files.ts';

const linesOf = (text: string): number[] =>
  readYamlFile({ file: 'a.yaml', text }).problems.map(({ line }) => line);

const aliasBomb = `${Array.from({ length: 12 }, (_, depth) => {
  const parts = Array.from({ length: 12 }, () => `*a${depth}`);
  return `a${depth + 1}: &a${depth + 1} [${parts.join(', ')}]`;
}).join('\n')}\na0: &a0 lol\n`;

describe('a registry file', () => {
  it.each([
    ['an anchor', 'version: 1\nteams: &all {}\n', 2],
    ['a merge key', 'version: 1\nteams:\n  <<: {}\n', 3],
    ['a tag', 'version: !!str 1\n', 1],
    ['a key that stands twice', 'version: 1\nversion: 1\n', 2],
    ['a key that is a list', 'version: 1\n? [a, b]\n: c\n', 2],
    ['A9: the key __proto__', 'version: 1\nteams:\n  __proto__: {}\n', 3],
    ['A9: the quoted key __proto__', '"__proto__": { version: 1 }\n', 1],
    ['a YAML 1.1 directive', '%YAML 1.1\n---\nversion: 1\n', 1],
    ['a second document', 'version: 1\n---\nversion: 1\n', 2],
    ['a list at the top', '- version\n', 1],
    ['a text at the top', 'version\n', 1],
    ['a tab as indentation', 'version: 1\nteams:\n\tpayments: {}\n', 3],
  ])('is refused for %s, with its line', (_, text, line) => {
    expect(linesOf(text)[0]).toBe(line);
  });

  it('is told of every anchor and every alias', () => {
    expect(linesOf('a: &x 1\nb: *x\nc: *x\n')).toEqual([1, 2, 3]);
  });

  it('has no value when an alias bomb is in it', () => {
    const file = readYamlFile({ file: 'a.yaml', text: aliasBomb });

    expect(file.value).toBeUndefined();
    expect(file.problems.length).toBeGreaterThan(0);
  });

  it('keeps its value beside a key that stands twice, so that the rest is checked as well', () => {
    const file = readYamlFile({ file: 'a.yaml', text: 'version: 1\nversion: 1\n' });

    expect(file.value).toEqual({ version: 1 });
  });

  it('reads what YAML 1.1 would have turned into something else as it is written', () => {
    const file = readYamlFile({ file: 'a.yaml', text: 'a: no\nb: 2027-01-31\nc: 1:20\n' });

    expect(file.value).toEqual({ a: 'no', b: '2027-01-31', c: '1:20' });
  });

  it('is refused unread when it is too long', () => {
    const text = `version: 1\n${' '.repeat(maxFileLength)}`;

    expect(linesOf(text)).toEqual([1]);
  });

  it.each(['[', '{a: ', '- ', '? '])('is refused, not crashed on, for depth made of %s', (part) => {
    expect(linesOf(part.repeat(10_000)).length).toBeGreaterThan(0);
  });

  it.each([
    [
      'a key that stands twice, far apart',
      'version: 1\nteams:\n  a: {}\n  b: {}\n  c: {}\n  d: {}\n  a: {}\n',
      7,
    ],
    [
      'a heading that stands twice',
      'teams:\n  a: {}\n  b: {}\n  c: {}\nteams:\n  a: {}\n  d: {}\n  e: {}\n',
      5,
    ],
    ['an anchor at a heading, once', 'teams: &all\n  a: {}\n  b: {}\n  c: {}\n  d: {}\n', 1],
    ['an alias in an early entry', 'teams:\n  a: *all\n  b: {}\n  c: {}\n  d: {}\n', 2],
    ['A9: __proto__ as an early entry', 'teams:\n  __proto__: {}\n  b: {}\n  c: {}\n  d: {}\n', 2],
  ])('is told of %s, though it is read entry by entry', (_, text, line) => {
    const { problems } = readYamlFile({ file: 'a.yaml', text }, 1);

    expect(problems.map((problem) => problem.line)).toEqual([line]);
  });

  it('is one value, though it is read entry by entry', () => {
    const text = 'teams:\n  a: { owner: x }\n  b: {}\n  c: {}\n  d: {}\nversion: 1\n';

    expect(readYamlFile({ file: 'a.yaml', text }, 1).value).toEqual({
      teams: { a: { owner: 'x' }, b: {}, c: {}, d: {} },
      version: 1,
    });
  });

  it('does not repeat its content in what is said about it', () => {
    const secret = 'c2VjcmV0';
    const { problems } = readYamlFile({
      file: 'a.yaml',
      text: `a: *${secret}\nb: "\\q${secret}\n`,
    });

    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems)).not.toContain(secret);
  });
});

describe('loading', () => {
  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(loadRegistry([{ file: 'a.yaml', text }]).ok).toBe(false);
      }),
    );
  });

  it('never throws on a registry with a part cut out or doubled', () => {
    const { text } = aRegistryFile();
    const position = fc.nat({ max: text.length });

    fc.assert(
      fc.property(position, position, fc.boolean(), (one, other, double) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const part = double ? text.slice(from, to) : '';
        const changed = text.slice(0, to) + part + text.slice(double ? to : to + (to - from));

        expect(typeof loadRegistry([{ file: 'a.yaml', text: changed }]).ok).toBe('boolean');
      }),
    );
  });
});
