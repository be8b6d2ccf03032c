import { describe, expect, it } from 'vitest';
import {
  byPlace,
  error,
  formatPath,
  type Problem,
  warning,
} from '../../../../core/registry/problem.ts';

const at = (file: string, line: number, message = ''): Problem => ({
  ...error([], message),
  file,
  line,
  path: '',
});

describe('a finding', () => {
  it.each([
    ['error', error(['teams', 'a'], 'Name it.')],
    ['warning', warning(['teams', 'a'], 'Name it.')],
  ])('is an %s about a path, with what to do', (severity, finding) => {
    expect(finding).toEqual({ severity, path: ['teams', 'a'], message: 'Name it.' });
  });
});

describe('a path', () => {
  it.each([
    ['the steps of names with dots', ['teams', 'pay-ments', 'users_1'], 'teams.pay-ments.users_1'],
    ['the index of a list in brackets', ['teams', 'a', 'roles', 0], 'teams.a.roles[0]'],
    ['a key with another character in quotes', ['users', 'a*'], 'users["a*"]'],
    ['a key that begins with one in quotes', ['users', '*a'], 'users["*a"]'],
    ['a key with a dot in quotes', ['databases', 'a.b', 'host'], 'databases["a.b"].host'],
    ['an empty key in quotes', ['claims', ''], 'claims[""]'],
    ['a quote in a key escaped', ['users', '"'], 'users["\\""]'],
    ['the top as nothing', [], ''],
  ])('has %s', (_, path, text) => {
    expect(formatPath(path)).toBe(text);
  });
});

describe('problems', () => {
  it('are ordered by file, and in a file by line', () => {
    const sorted = [at('b', 1), at('a', 10), at('c', 2), at('a', 9)].sort(byPlace);

    expect(sorted.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'a:9',
      'a:10',
      'b:1',
      'c:2',
    ]);
  });

  it('of one line keep their order', () => {
    const sorted = [at('a', 1, 'one'), at('a', 1, 'two')].sort(byPlace);

    expect(sorted.map(({ message }) => message)).toEqual(['one', 'two']);
  });
});
