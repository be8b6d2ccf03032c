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

  it('shows what a Lambda function needs, as docs/lambda.md explains it', () => {
    const page = readFileSync('docs/lambda.md', 'utf8');
    const [, section = ''] = /^A Lambda function in any language.*?$(.*?)^## /ms.exec(readme) ?? [];
    const [, request = ''] = /```js\n(.*?)```/s.exec(section) ?? [];
    const [, layer = ''] = /^(Layers: .*)$/m.exec(section) ?? [];
    const [, variable = ''] = /(TOKENVEND_API_URL: [^ ]+)/.exec(section) ?? [];

    expect(request).toContain('fetch');
    for (const part of [request, layer, variable]) {
      expect(part).not.toBe('');
      expect(page).toContain(part);
    }
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([\w./-]+)\)/g)].map(([, path]) => path ?? '');

    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });
});

it.each(['README.md', 'CONTRIBUTING.md', 'docs/deploy.md', 'docs/cli.md'])(
  '%s asks for the Node that package.json does',
  (path) => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));

    expect(engines.node).toBe('^20.16.0 || >=22.3.0');
    expect(readFileSync(path, 'utf8')).toContain('Node 20.16 or newer (but 22.0 to 22.2)');
  },
);
