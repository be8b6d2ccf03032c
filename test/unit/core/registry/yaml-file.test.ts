import { describe, expect, it } from 'vitest';
import { maxFileLength, readYamlFile } from '../../../../core/registry/yaml-file.ts';

const linesOf = (text: string): number[] =>
  readYamlFile({ file: 'a.yaml', text }).problems.map(({ line }) => line);

const aliasBomb = `${Array.from({ length: 12 }, (_, depth) => {
  const parts = Array.from({ length: 12 }, () => `*a${depth}`);
  return `a${depth + 1}: &a${depth + 1} [${parts.join(', ')}]`;
}).join('\n')}\na0: &a0 lol\n`;

describe('a registry file', () => {
  it.each([
    ['an anchor', 'version: 1\nteams: &all {}\n', 2, 'Anchors'],
    ['an anchor of all of it', '--- &all\nversion: 1\n', 2, 'Anchors'],
    ['an anchor of a heading', 'version: 1\n&all teams: {}\n', 2, 'Anchors'],
    ['an alias as a section', 'version: 1\nteams: *all\n', 2, 'Aliases'],
    ['a merge key', 'version: 1\nteams:\n  <<: {}\n', 3, 'Merge'],
    ['a merge key as a heading', '<<: {}\n', 1, 'Merge'],
    ['a tag', 'version: !!str 1\n', 1, 'Tags'],
    ['a tag before a section, at its heading', 'teams:\n  !!map\n  a: {}\n', 1, 'Tags'],
    ['a key that stands twice', 'version: 1\nversion: 1\n', 2, 'twice'],
    ['a key that is a list', 'version: 1\n? [a, b]\n: c\n', 2, 'A key must'],
    ['A9: the key __proto__', 'version: 1\nteams:\n  __proto__: {}\n', 3, '__proto__'],
    ['A9: the quoted key __proto__', '"__proto__": { version: 1 }\n', 1, '__proto__'],
    ['a YAML 1.1 directive', '%YAML 1.1\n---\nversion: 1\n', 1, 'Directives'],
    ['a YAML 1.2 directive', '%YAML 1.2\n---\nversion: 1\n', 1, 'Directives'],
    ['a second document', 'version: 1\n---\nversion: 1\n', 2, 'one document'],
    ['a list at the top', '- version\n', 1, 'must be a map'],
    ['a text at the top', 'version\n', 1, 'must be a map'],
    ['a tab as indentation', 'version: 1\nteams:\n\tpayments: {}\n', 3, 'tabs'],
  ])('is refused for %s, with its line and what to do', (_, text, line, words) => {
    const [problem] = readYamlFile({ file: 'a.yaml', text }).problems;

    expect(problem).toMatchObject({ severity: 'error', file: 'a.yaml', line, path: '' });
    expect(problem?.message).toContain(words);
  });

  it.each([
    ['nothing', ''],
    ['a comment', '# nothing yet\n'],
    ['a null', 'null\n'],
  ])('may hold %s', (_, text) => {
    expect(readYamlFile({ file: 'a.yaml', text })).toMatchObject({ value: {}, problems: [] });
  });

  it('has sections of any kind, and says which text it was', () => {
    const source = { file: 'a.yaml', text: 'a: [1, { b: c }]\nd:\ne: {}\nf: text\n' };
    const file = readYamlFile(source);

    expect(file.value).toEqual({ a: [1, { b: 'c' }], d: null, e: {}, f: 'text' });
    expect(file.source).toBe(source);
  });

  it('is told of every fault, in the order of its lines', () => {
    expect(linesOf('a: &x 1\nb: *x\nc: *x\nd: "\\q"\na: 1\n')).toEqual([1, 2, 3, 4, 5]);
  });

  it('is told of keys that are no text, and not that two of them are the same', () => {
    expect(linesOf('? [a]\n: b\n? [c]\n: d\n')).toEqual([1, 3]);
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

  it('is refused unread when it is too long, and read when it is just as long as it may be', () => {
    const longest = '#'.padEnd(maxFileLength);

    expect(linesOf(longest)).toEqual([]);
    expect(readYamlFile({ file: 'a.yaml', text: `${longest} ` })).toMatchObject({
      value: undefined,
      problems: [{ line: 1, message: expect.stringContaining('50 MiB') }],
    });
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

  it('has what the first of two headings says, though the second is read first', () => {
    const text = 'teams:\n  a: {}\nteams:\n  b: {}\n  c: {}\n  d: {}\n';
    const { value, problems } = readYamlFile({ file: 'a.yaml', text }, 1);

    expect(value).toEqual({ teams: { a: {} } });
    expect(problems.map(({ line }) => line)).toEqual([3]);
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
