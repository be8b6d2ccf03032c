import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DriverOptionsReason } from '../../../clients/node/driver-options-error.ts';

const page = readFileSync('docs/node.md', 'utf8');
const examples = 'examples/node-drivers';

/** A table's cells, by the title of its first column. */
function rowsOf(title: string): string[][] {
  const table = page.split('\n\n').find((block) => block.startsWith(`| ${title} |`)) ?? '';
  const rows = table.trim().split('\n').slice(2);
  return rows.map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')));
}

describe('docs/node.md', () => {
  it('quotes every example, word for word', () => {
    const quoted = [...page.matchAll(/<!-- (\S+) -->\n```ts\n([\s\S]*?)```\n/g)].map(
      ([, file, text]) => [file, text],
    );

    const files = readdirSync(examples).filter((name) => name.endsWith('.ts'));

    expect(Object.fromEntries(quoted)).toEqual(
      Object.fromEntries(
        files.map((name) => [`${examples}/${name}`, readFileSync(`${examples}/${name}`, 'utf8')]),
      ),
    );
    expect(files.length).toBeGreaterThan(5);
  });

  it('lists every option, and every variable that is read', () => {
    const source = readFileSync('clients/node/token-source-options.ts', 'utf8');
    const [, body = ''] = /interface TokenSourceOptions \{([\s\S]*?)\n\}/.exec(source) ?? [];
    const options = [...body.matchAll(/^ {2}readonly (\w+)\?/gm)].map(([, name]) => name);
    const code = ['settings', 'api-auth'].map((name) =>
      readFileSync(`clients/node/${name}.ts`, 'utf8'),
    );
    const variables = code.join('').match(/TOKENVEND_\w+/g) ?? [];

    const listed = rowsOf('option').map(([, name]) => name);

    expect(listed.sort()).toEqual(options.sort());
    expect(variables.length).toBeGreaterThan(7);
    expect(variables.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('lists every reason for which options are refused', () => {
    const listed = rowsOf('`reason`').map(([, reason]) => reason);

    const reasons = {
      'field-refused': true,
      'engine-mismatch': true,
      'endpoint-changed': true,
      'not-encrypted': true,
    } satisfies Record<DriverOptionsReason, true>;

    expect(listed.sort()).toEqual(Object.keys(reasons).sort());
  });
});
