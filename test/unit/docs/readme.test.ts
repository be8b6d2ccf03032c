import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

describe('README.md', () => {
  it('shows steps of the demo by the titles that the demo prints', () => {
    const source = ['walk', 'refusals'].map((name) =>
      readFileSync(`local/demo/${name}.ts`, 'utf8'),
    );
    const printed = source.join('').replace(/\$\{context\.usePsql[^}]*\}/, 'psql');

    const shown = [...readme.matchAll(/^ ?\d{1,2}\. (.+)$/gm)].map(([, title]) => title ?? '');

    expect(shown.length).toBeGreaterThan(3);
    expect(shown.filter((title) => !printed.includes(title))).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

    const named = [...readme.matchAll(/npm (?:run )?(demo|test|start|check|build|bench)\b/g)];

    expect(named.length).toBeGreaterThan(2);
    for (const [, name] of named) expect(scripts).toHaveProperty(name ?? '');
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([\w./-]+)\)/g)].map(([, path]) => path ?? '');

    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });
});
