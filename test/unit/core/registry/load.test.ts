import { describe, expect, it } from 'vitest';
import { checkRegistry, loadRegistry } from '../../../../core/registry/load.ts';
import { error, type Problem } from '../../../../core/registry/problem.ts';
import type { Progress } from '../../../../core/registry/progress.ts';
import { aRegistryFile, withIssuer, withUser } from '../../../builders/registry-files.ts';

const placesOf = (problems: readonly Problem[]): string[] =>
  problems.map(({ severity, file, path }) => `${severity} ${file} ${path}`);

/** What is refused, or else nothing. */
function refusedIn(...texts: string[]): readonly Problem[] {
  const loaded = loadRegistry(texts.map((text, at) => ({ file: `${at}.yaml`, text })));
  return loaded.ok ? [] : loaded.problems;
}

const unresolved = withIssuer({ jwksUri: undefined });
const suspicious = withUser('postgres');

describe('a sound registry', () => {
  it('is a document, without a warning', () => {
    const loaded = loadRegistry([aRegistryFile()]);

    expect(loaded).toMatchObject({ ok: true, warnings: [] });
    expect(loaded.ok && loaded.document.databases).toHaveLength(1);
  });

  it('is a document, beside its warnings', () => {
    const loaded = loadRegistry([aRegistryFile(suspicious)]);

    expect(loaded.ok && loaded.document.databases[0]?.users).toHaveLength(2);
    expect(loaded.ok && placesOf(loaded.warnings)).toEqual([
      'warning registry.yaml databases.orders.users.postgres',
    ]);
  });

  it('is a draft that further findings have a place in', () => {
    const checked = checkRegistry([aRegistryFile(), { file: 'b.yaml', text: 'teams:\n  b: {}\n' }]);
    const problems = checked.ok ? checked.place([error(['teams', 'b'], 'Name it.')]) : [];

    expect(problems).toMatchObject([{ file: 'b.yaml', line: 2, path: 'teams.b' }]);
    expect(checked.ok && checked.draft.teams.has('b')).toBe(true);
  });
});

describe('a registry whose keys are not known', () => {
  it('is refused beside its warnings, in the order of its files', () => {
    const loaded = loadRegistry([
      aRegistryFile({ ...unresolved, databases: undefined }),
      { ...aRegistryFile({ issuers: undefined, teams: undefined, ...suspicious }), file: 'a.yaml' },
    ]);

    expect(loaded.ok || placesOf(loaded.problems)).toEqual([
      'warning a.yaml databases.orders.users.postgres',
      'error registry.yaml issuers.cluster',
    ]);
  });

  it('is loaded with those that were found', () => {
    const resolvedJwksUris = new Map([['cluster', 'https://keys.example.com']]);

    expect(loadRegistry([aRegistryFile(unresolved)], { resolvedJwksUris }).ok).toBe(true);
  });

  it('is sound before anything was looked up', () => {
    expect(checkRegistry([aRegistryFile(unresolved)]).ok).toBe(true);
  });
});

describe('what is wrong with a registry', () => {
  it('is told together, shape and meaning and names, in the order of the files', () => {
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

  it('is told with what is suspicious', () => {
    const loaded = loadRegistry([aRegistryFile({ ...suspicious, colours: {} })]);

    expect(loaded.ok || placesOf(loaded.problems)).toEqual([
      'warning registry.yaml databases.orders.users.postgres',
      'error registry.yaml colours',
    ]);
  });

  it('has a name that stands twice among the others', () => {
    const problems = refusedIn('version: 1\ncolours: {}\nteams:\n  a: {}\n  a: {}\nshapes: {}\n');

    expect(problems.map(({ line }) => line)).toEqual([2, 5, 6]);
  });

  it('is a section that is no map, of which nothing more can be said', () => {
    expect(placesOf(refusedIn('version: 1\nteams: []\ndatabases: {}\n'))).toEqual([
      'error 0.yaml teams',
    ]);
  });

  it('is the syntax alone where there is no reading it: what stands there is not missing', () => {
    const loaded = loadRegistry([
      aRegistryFile({ teams: undefined }),
      { file: 'z.yaml', text: 'teams:\n  payments: *all\n' },
      { file: 'a.yaml', text: 'teams: *all\n' },
    ]);

    expect(loaded.ok || placesOf(loaded.problems)).toEqual(['error a.yaml ', 'error z.yaml ']);
  });

  it.each([['in one with other content', ['teams: {}\n']]])(
    'is a version that is missing %s',
    (_, texts) => {
      expect(refusedIn(...texts)).toMatchObject([{ line: 1, path: 'version' }]);
    },
  );

  it.each([
    ['no file', []],
    ['an empty file', ['']],
    ['comments alone', ['# to be written\n', '']],
  ])('is that there is nothing, in %s', (_, texts) => {
    expect(refusedIn(...texts)).toEqual([
      {
        severity: 'error',
        file: texts.length === 0 ? '' : '0.yaml',
        line: 1,
        path: '',
        message: 'The file is empty; a registry begins with version: 1.',
      },
    ]);
  });

  it.each([
    ['the meaning alone is wrong', [aRegistryFile(withUser('a*')).text], true],
    ['keys are not found', [aRegistryFile(unresolved).text], true],
    ['a part has no shape to check', [aRegistryFile(withUser('a', { teams: 5 })).text], false],
    ['a name stands twice', [aRegistryFile().text, 'version: 1\nteams:\n  payments: {}\n'], false],
    ['a file cannot be read', ['teams: *all\n'], false],
  ])('is all of it, or not, where %s', (_, texts, isComplete) => {
    const loaded = loadRegistry(texts.map((text, at) => ({ file: `${at}.yaml`, text })));

    expect(loaded).toMatchObject({ ok: false, isComplete });
  });
});

describe('the progress of a check', () => {
  it('has the files that were read, and then what they mean', () => {
    const seen: string[] = [];
    const progress: Progress = {
      step: (text) => seen.push(text),
      count: (done, all, what) => seen.push(`${done} of ${all} ${what}`),
    };

    checkRegistry([aRegistryFile(), { file: 'b.yaml', text: '' }], progress);

    expect(seen).toEqual([
      '0 of 2 files read',
      '1 of 2 files read',
      'checking what the files mean',
    ]);
  });
});
