import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { addApiOptions } from '../../../clients/cli/api-options.ts';
import { variableOf } from '../../../clients/cli/environment-options.ts';

const page = readFileSync('docs/variables.md', 'utf8');
const [, , ...lines] = page.split('\n').filter((line) => line.startsWith('|'));
const rows = lines
  .filter((line) => line.startsWith('| `TOKENVEND_'))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .map(([, variable = '', flag = '', library, extension]) => ({
    variable,
    flag,
    library,
    extension,
  }));

/** The variables that stand in these files, by their whole names. */
function readIn(...paths: readonly string[]): string[] {
  const text = paths.map((path) => readFileSync(path, 'utf8')).join('');
  return [...new Set(text.match(/TOKENVEND_[A-Z_]*[A-Z]/g))].sort();
}

const identity = 'clients/identity/token-variable.ts';
const apiFlags = addApiOptions(new Command()).options.map(({ long }) => long);

describe('docs/variables.md', () => {
  it('marks what the Node library reads, and nothing else', () => {
    const marked = rows.filter(({ library }) => library === 'yes').map(({ variable }) => variable);

    const read = readIn('clients/node/settings.ts', 'clients/node/api-auth.ts', identity);

    expect(marked.sort()).toEqual(read);
  });

  it('marks what the extension reads, and nothing else', () => {
    const marked = rows.filter((row) => row.extension === 'yes').map(({ variable }) => variable);

    expect(marked.sort()).toEqual(readIn('layers/extension/settings.ts'));
  });

  it('has a row for each flag of the API', () => {
    expect(rows.map(({ flag }) => flag)).toEqual(expect.arrayContaining(apiFlags));
  });

  it('names flags that stand for their variables', () => {
    const flags = rows.filter(({ flag }) => flag.startsWith('--'));

    for (const { variable, flag } of flags) {
      expect(variable).toBe(variableOf(new Option(flag)));
    }
  });
});
