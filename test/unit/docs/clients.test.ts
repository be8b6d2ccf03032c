import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testedClients } from '../../e2e/real-servers/tested-clients.ts';
import { commandsOn, wrongCommandsOn } from '../../infra/cli-commands.ts';

const index = readFileSync('docs/clients.md', 'utf8');
const pages = readdirSync('docs/clients').map((name) => ({
  name,
  text: readFileSync(`docs/clients/${name}`, 'utf8'),
}));

/** The clients that a page says are run against real servers. */
function testedOn(text: string): string[] {
  const [, names] = /^Tested: (.+)$/m.exec(text) ?? [];
  return names?.split(', ') ?? [];
}

/** What a page quotes: the file's path, and the lines. */
function quotesOn(text: string): [path: string, quote: string][] {
  const found = text.matchAll(/<!-- (\S+) -->\n```\w+\n([\s\S]*?)```\n/g);
  return [...found].map(([, path = '', quote = '']) => [path, quote]);
}

/** Lines without their indentation, which is another where they stand alone. */
const lines = (text: string): string[] => text.split('\n').map((line) => line.trim());

describe('docs/clients.md', () => {
  it('leads to every page, and to nothing that there is not', () => {
    const links = [...index.matchAll(/\]\(([\w./-]+)(?:#[\w-]+)?\)/g)].map(
      ([, path]) => path ?? '',
    );

    const own = links.filter((path) => path.startsWith('clients/'));

    expect(own.sort()).toEqual(pages.map(({ name }) => `clients/${name}`).sort());
    expect(links.filter((path) => !existsSync(join('docs', path)))).toEqual([]);
  });

  it('claims no test for a client whose page says that it was not run', () => {
    const rows = [...index.matchAll(/^\| \[.+\]\(clients\/([\w.]+)\) \|.*\| (.+) \|$/gm)];

    const claimed = rows.map(([, name, tested]) => [name, tested !== 'no']);

    expect(Object.fromEntries(claimed)).toEqual(
      Object.fromEntries(pages.map(({ name, text }) => [name, testedOn(text).length > 0])),
    );
  });

  it('says when not to use IAM authentication', () => {
    const [, reasons = ''] = index.split('## When not to use IAM authentication');

    for (const reason of ['200 a second', 'SQL Server', 'Replication']) {
      expect(reasons).toContain(reason);
    }
  });
});

describe('the pages of docs/clients', () => {
  it('name every client that is tested, beside those of the Node.js page', () => {
    const named = pages.flatMap(({ text }) => testedOn(text));

    // PgBouncer stands between a client and its database, and is tested beside them.
    const tested = [...Object.keys(testedClients), 'PgBouncer'];
    expect([...named, 'pg', 'mysql2'].sort()).toEqual(tested.sort());
  });

  it.each(pages)('say in $name what was run, and answer the three questions', ({ text }) => {
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

    expect(/^(Tested: |Not run here)/m.test(text)).toBe(true);
    expect(headings).toEqual([
      'How the token gets in',
      'How TLS is verified',
      'What cuts or refuses it',
    ]);
  });

  it.each(pages)('quote in $name what the files have that the tests run', ({ text }) => {
    for (const [path, quote] of quotesOn(text)) {
      expect(`\n${lines(readFileSync(path, 'utf8')).join('\n')}`).toContain(
        `\n${lines(quote.trimEnd()).join('\n')}`,
      );
    }
  });

  it('quote the Python and Java that is run, and nothing of theirs beside it', () => {
    const blocks = pages.flatMap(({ text }) => text.match(/^```(?:python|java)$/gm) ?? []);
    const quoted = pages.flatMap(
      ({ text }) => text.match(/^<!-- \S+ -->\n```(?:python|java)$/gm) ?? [],
    );

    expect(quoted.length).toBe(blocks.length);
    expect(quoted.length).toBeGreaterThan(4);
  });

  it.each(pages)('show in $name only commands that the command line understands', async (page) => {
    expect(await wrongCommandsOn(page.text)).toEqual([]);
  });

  it('show how to start most of them', () => {
    const shown = pages.filter(({ text }) => commandsOn(text).length > 0);

    expect(shown.length).toBeGreaterThan(8);
  });

  it.each(pages)('link from $name to pages that exist', ({ text }) => {
    const links = [...text.matchAll(/\]\(([\w./-]+)(?:#[\w-]+)?\)/g)].map(([, path]) => path ?? '');

    const missing = links.filter((path) => !existsSync(normalize(join('docs/clients', path))));

    expect(missing).toEqual([]);
  });
});
