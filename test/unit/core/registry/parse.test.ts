import { describe, expect, it } from 'vitest';
import { loadRegistry } from '../../../../core/registry/load.ts';
import { parseRegistry } from '../../../../core/registry/parse.ts';
import { aRegistryFile } from '../../../builders/registry-files.ts';

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
    const [problem] = parsed('version: 1\nteams:\n  a: {}\n', '\n\nteams:\n  a: {}\n').problems;

    expect(problem).toMatchObject({ file: '1.yaml', line: 4, path: 'teams.a' });
    expect(problem?.message).toContain('0.yaml:3');
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

  it('must say their version somewhere', () => {
    const loaded = loadRegistry([{ file: 'a.yaml', text: 'teams: {}\n' }]);

    expect(loaded).toMatchObject({ ok: false, problems: [{ path: 'version' }] });
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
    const [problem] = parsed(text).place([{ severity: 'error', path, message: '' }]);

    expect(problem?.line).toBe(line);
  });

  it('is placed in the file that holds the deepest part of its path', () => {
    const registry = parsed('version: 1\nteams:\n  a: {}\n', 'teams:\n\n  b: { owner: x }\n');
    const [problem] = registry.place([
      { severity: 'error', path: ['teams', 'b', 'owner'], message: '' },
    ]);

    expect(problem).toMatchObject({ file: '1.yaml', line: 3, path: 'teams.b.owner' });
  });

  it('is placed in a file of many entries as in one of few', () => {
    const entries = Array.from({ length: 1_000 }, (_, at) => `  t${at}:\n    owner: x\n`);
    const registry = parsed('version: 1\n', `\nteams:\n${entries.join('')}`);
    const paths = Array.from({ length: 1_000 }, (_, at) => ['teams', `t${at}`, 'owner']);
    const problems = registry.place(
      paths.map((path) => ({ severity: 'error', path, message: '' })),
    );

    expect(problems.map(({ line }) => line)).toEqual(paths.map((_, at) => 2 * at + 4));
  });

  it('of names in two files is placed in both, however many there are', () => {
    const entries = Array.from({ length: 1_000 }, (_, at) => `  t${at}: {}\n`).join('');
    const { problems } = parsed(`version: 1\nteams:\n${entries}`, `teams:\n${entries}`);

    expect(problems).toHaveLength(1_000);
    expect(problems[999]).toMatchObject({ file: '1.yaml', line: 1_001, path: 'teams.t999' });
    expect(problems[999]?.message).toContain('0.yaml:1002');
  });

  it('is reported together with all others, in the order of the files', () => {
    const loaded = loadRegistry([
      aRegistryFile({
        issuers: { cluster: { url: 'http://x.example' } },
        teams: { payments: { roles: ['arn:aws:iam::111122223333:role/other'] } },
        databases: { orders: { port: 22, colour: 'red', users: { 'a*': { teams: ['nobody'] } } } },
      }),
    ]);
    const problems = loaded.ok ? [] : loaded.problems;
    const lines = problems.map(({ line }) => line);

    expect(problems.map(({ path }) => path)).toEqual([
      'issuers.cluster.url',
      'teams.payments.roles[0]',
      'databases.orders.port',
      'databases.orders.users["a*"]',
      'databases.orders.users["a*"].teams[0]',
      'databases.orders.colour',
    ]);
    expect(lines).toEqual([...lines].sort((one, other) => one - other));
  });

  it('of the syntax comes alone: what stands in that file is not missing', () => {
    const loaded = loadRegistry([
      aRegistryFile({ teams: undefined }),
      { file: 'teams.yaml', text: 'teams:\n  payments: *all\n' },
    ]);

    expect(loaded).toMatchObject({ ok: false, problems: [{ file: 'teams.yaml', line: 2 }] });
    expect(loaded.ok || loaded.problems).toHaveLength(1);
  });

  it('of a name that stands twice is sorted in among the others', () => {
    const text = 'version: 1\ncolours: {}\nteams:\n  a: {}\n  a: {}\nshapes: {}\n';
    const loaded = loadRegistry([{ file: 'a.yaml', text }]);

    expect(loaded.ok ? [] : loaded.problems.map(({ line }) => line)).toEqual([2, 5, 6]);
  });
});
