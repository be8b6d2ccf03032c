import { describe, expect, it } from 'vitest';
import {
  addFile,
  type Clash,
  sourceOf,
  type Union,
  unitedValue,
} from '../../../../core/registry/unite.ts';
import type { YamlFile } from '../../../../core/registry/yaml-file.ts';

const aFile = (file: string, value: unknown): YamlFile => ({
  source: { file, text: '' },
  value,
  problems: [],
});

function unite(...values: unknown[]) {
  const union: Union = new Map();
  const clashes = values.flatMap((value, at) => addFile(union, aFile(`${at}.yaml`, value)));
  return { union, clashes: clashes.map(inShort), value: unitedValue(union) };
}

const inShort = ({ path, first, again }: Clash): string =>
  `${path.join('.')}: ${first.file}, ${again.file}`;

describe('the files of a registry, united', () => {
  it('say what each of them says of a section', () => {
    const { value, clashes } = unite(
      { version: 1, teams: { a: { owner: 'x' } } },
      { version: 1, teams: { b: {} }, issuers: { c: {} } },
      { teams: { d: {} } },
    );

    expect(clashes).toEqual([]);
    expect(value).toEqual({
      version: 1,
      teams: { a: { owner: 'x' }, b: {}, d: {} },
      issuers: { c: {} },
    });
  });

  it('say of a name what the first says, and each other clashes with the first', () => {
    const { value, clashes } = unite(
      { teams: { a: { owner: 'x' } } },
      { teams: { b: {}, a: {} } },
      { teams: { a: {} } },
    );

    expect(value).toEqual({ teams: { a: { owner: 'x' }, b: {} } });
    expect(clashes).toEqual(['teams.a: 0.yaml, 1.yaml', 'teams.a: 0.yaml, 2.yaml']);
  });

  it('may have entries of one name in two sections', () => {
    expect(unite({ teams: { a: {} } }, { issuers: { a: {} } }).clashes).toEqual([]);
  });

  it.each([
    ['a list after a map', { teams: { a: {} } }, { teams: ['b'] }],
    ['a map after a list', { teams: ['b'] }, { teams: { a: {} } }],
    ['a text after a text', { teams: 'b' }, { teams: 'b' }],
  ])('clash where a section is %s, and say what the first says', (_, first, again) => {
    const { value, clashes } = unite(first, again);

    expect(value).toEqual(first);
    expect(clashes).toEqual(['teams: 0.yaml, 1.yaml']);
  });

  it.each([
    ['a heading with nothing below it', { teams: null }],
    ['another version', { version: 2 }],
    ['no map at all', undefined],
  ])('say nothing with %s', (_, nothing) => {
    const { value, clashes } = unite({ version: 1, teams: { a: {} } }, nothing);

    expect(value).toEqual({ version: 1, teams: { a: {} } });
    expect(clashes).toEqual([]);
  });

  it('A9: hold __proto__ as a section and as an entry like any other', () => {
    const hostile = JSON.parse('{"__proto__":{"a":{}},"teams":{"__proto__":{"owner":"x"}}}');
    const { value } = unite(hostile);

    expect(JSON.stringify(value)).toBe(JSON.stringify(hostile));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(value.teams)).toBe(Object.prototype);
  });
});

describe('the file that says what a path leads to', () => {
  const { union } = unite({ teams: { a: {} } }, { version: 1, teams: { b: { owner: 'x' } } });

  it.each([
    ['an entry', ['teams', 'b', 'owner'], '1.yaml'],
    ['an entry of the first', ['teams', 'a'], '0.yaml'],
    ['an entry that is missing', ['teams', 'c'], '0.yaml'],
    ['a section', ['teams'], '0.yaml'],
    ['the version', ['version'], '1.yaml'],
    ['a section that is missing', ['issuers', 'a'], undefined],
    ['the registry', [], undefined],
  ])('is told of %s', (_, path, file) => {
    expect(sourceOf(union, path)?.file).toBe(file);
  });

  it('is told of a section by its first file, whatever an entry of another is called', () => {
    const { union } = unite({ teams: { a: {} } }, { teams: { undefined: {} } });

    expect(sourceOf(union, ['teams'])?.file).toBe('0.yaml');
  });
});
