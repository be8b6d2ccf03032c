import { describe, expect, it } from 'vitest';
import { locate, placed } from '../../../../core/registry/locate.ts';
import { error, warning } from '../../../../core/registry/problem.ts';

const one = { file: 'one.yaml', text: 'teams:\n  a: {}\n  b: {}\n' };
const other = { file: 'other.yaml', text: '\n\nteams:\n  c: {}\n' };

describe('places', () => {
  it('are in the order in which they are asked for, of whatever files', () => {
    const sought = [
      { source: one, path: ['teams', 'b'] },
      { source: other, path: ['teams', 'c'] },
      { source: one, path: ['teams', 'a'] },
    ];

    expect(locate(sought)).toEqual([
      { ...sought[0], file: 'one.yaml', line: 3 },
      { ...sought[1], file: 'other.yaml', line: 4 },
      { ...sought[2], file: 'one.yaml', line: 2 },
    ]);
  });

  it('are those of two files that have one name', () => {
    const namesake = { file: one.file, text: 'issuers: {}\n\nteams:\n' };
    const path = ['teams'];

    expect(
      locate([
        { source: one, path },
        { source: namesake, path },
      ]).map(({ line }) => line),
    ).toEqual([1, 3]);
  });
});

describe('a finding', () => {
  it('becomes a problem with the file and the line that it is about', () => {
    const findings = [
      warning(['teams', 'c', 'x y'], 'Quote it.'),
      error(['teams', 'a'], 'Name it.'),
    ];

    const problems = placed(findings, ([, team]) => (team === 'a' ? one : other));

    expect(problems).toEqual([
      {
        severity: 'warning',
        file: 'other.yaml',
        line: 4,
        path: 'teams.c["x y"]',
        message: 'Quote it.',
      },
      { severity: 'error', file: 'one.yaml', line: 2, path: 'teams.a', message: 'Name it.' },
    ]);
  });
});
