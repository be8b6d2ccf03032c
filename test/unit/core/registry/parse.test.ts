import { describe, expect, it } from 'vitest';
import { parseRegistry } from '../../../../core/registry/parse.ts';
import { error } from '../../../../core/registry/problem.ts';

const parsed = (...texts: string[]) =>
  parseRegistry(texts.map((text, index) => ({ file: `${index}.yaml`, text })));

describe('the files of a registry', () => {
  it('are united section by section', () => {
    const registry = parsed(
      'version: 1\nteams:\n  a: {}\n',
      'teams:\n  b: {}\nissuers:\n  c: {}\n',
    );

    expect(registry.problems).toEqual([]);
    expect(registry.value).toEqual({ version: 1, teams: { a: {}, b: {} }, issuers: { c: {} } });
  });

  it('may not define a name twice; the second place is reported and the first named', () => {
    const { problems } = parsed('version: 1\nteams:\n  a: {}\n', '\n\nteams:\n  a: {}\n');

    expect(problems).toEqual([
      {
        severity: 'error',
        file: '1.yaml',
        line: 4,
        path: 'teams.a',
        message: expect.stringContaining('0.yaml:3'),
      },
    ]);
  });

  it('may leave a section empty', () => {
    expect(parsed('version: 1\nteams:\n').value).toEqual({ version: 1 });
  });

  it('may all say their version, and none may say another', () => {
    const { problems, value } = parsed(
      'version: 1\n',
      '# no version\nteams: {}\n',
      '\nversion: 2\n',
    );

    expect(value).toMatchObject({ version: 1 });
    expect(problems).toMatchObject([{ file: '2.yaml', line: 2, path: 'version' }]);
  });

  it('may be none', () => {
    const { value, problems, place } = parsed();

    expect({ value, problems }).toEqual({ value: {}, problems: [] });
    expect(place([error(['version'], '')])).toMatchObject([{ file: '', line: 1 }]);
  });

  it('are readable as long as each of them is, whatever else is wrong', () => {
    expect(parsed('version: 2\n', 'teams: {}\nteams: {}\n').readable).toBe(true);
    expect(parsed('version: 1\n', 'teams: *all\n').readable).toBe(false);
  });

  it('are read beside one that cannot be', () => {
    const { value, problems } = parsed('teams: *all\n', 'version: 2\n', 'issuers: {}\n');

    expect(value).toEqual({ version: 1, issuers: {} });
    expect(problems.map(({ file, path }) => `${file} ${path}`)).toEqual([
      '0.yaml ',
      '1.yaml version',
    ]);
  });

  it('may not disagree on what a section is', () => {
    expect(parsed('version: 1\nteams: {}\n', 'teams: [a]\n').problems).toMatchObject([
      { file: '1.yaml', path: 'teams' },
    ]);
  });
});

describe('a problem', () => {
  const text = `version: 1
databases:
  orders:
    engine: postgres
    users:
      orders_app:
        teams: [payments, "x y"]
`;

  it.each([
    ['its key', ['databases', 'orders', 'engine'], 4],
    ['its item in a list', ['databases', 'orders', 'users', 'orders_app', 'teams', 1], 7],
    ['what it is missing from', ['databases', 'orders', 'host'], 3],
  ])('is placed at %s', (_, path, line) => {
    const [problem] = parsed(text).place([error(path, '')]);

    expect(problem?.line).toBe(line);
  });

  it('is placed in the file that holds the deepest part of its path', () => {
    const registry = parsed('version: 1\nteams:\n  a: {}\n', 'teams:\n\n  b: { owner: x }\n');
    const [problem] = registry.place([error(['teams', 'b', 'owner'], '')]);

    expect(problem).toMatchObject({ file: '1.yaml', line: 3, path: 'teams.b.owner' });
  });

  it('is one of many that are placed in the order of the files', () => {
    const registry = parsed('version: 1\nteams:\n  a: {}\n', 'teams:\n  b: {}\n  c: {}\n');
    const paths = ['c', 'a', 'b'].map((team) => ['teams', team]);
    const problems = registry.place(paths.map((path) => error(path, '')));

    expect(problems.map(({ path }) => path)).toEqual(['teams.a', 'teams.b', 'teams.c']);
  });

  it('of names in two files is placed in both, however many there are', () => {
    const entries = Array.from({ length: 300 }, (_, at) => `  t${at}: {}\n`).join('');
    const { problems } = parsed(`version: 1\nteams:\n${entries}`, `teams:\n${entries}`);

    expect(problems).toHaveLength(300);
    expect(problems[299]).toMatchObject({ file: '1.yaml', line: 301, path: 'teams.t299' });
    expect(problems[299]?.message).toContain('0.yaml:302');
  });
});
