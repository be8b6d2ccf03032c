import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { targetFileNames } from '../../../../clients/agent/target-files.ts';
import { exitCodes } from '../../../../clients/cli/exit-codes.ts';
import { templateFieldNames } from '../../../../clients/cli/template-fields.ts';
import { verbs } from '../../../../clients/cli/verbs.ts';
import { formats } from '../../../../core/connection/formats.ts';

const page = readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8');

/** Verbs with a page of their own. */
const elsewhere = new Set(['registry', 'login', 'logout']);
const documented = [...verbs.keys()].filter((name) => !elsewhere.has(name));

function section(title: string): string {
  return page.split(/^## /m).find((one) => one.startsWith(`${title}\n`)) ?? '';
}

/** The flags of a section's table, with their defaults. */
function flagsIn(title: string): Record<string, string> {
  const rows = section(title).matchAll(/^\| `(--[^`]+)` \| (?:`([^`]+)`)? ?\|/gm);
  return Object.fromEntries([...rows].map(([, flag = '', value = '']) => [flag, value]));
}

async function commandOf(name: string): Promise<Command> {
  const command = new Command(name);
  const define = await verbs.get(name)?.load();
  define?.(command, {
    out: () => undefined,
    err: () => undefined,
    fetch,
    exit: () => undefined,
    env: {},
    clock: () => new Date(0),
    isTerminal: false,
    isWatched: false,
    isReadByRunner: false,
    version: '0',
    childCommand: undefined,
  });
  return command;
}

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  return help;
}

describe('docs/cli.md', () => {
  it('has a row for every verb', () => {
    const [, table = ''] = page.split('| verb | what it does |');
    const rows = table.split('\n\n')[0]?.matchAll(/^\| ([^|]+) \|/gm) ?? [];
    const named = [...rows].flatMap(([, cell = '']) => cell.match(/(?<=`)\w+(?=`)/g) ?? []);

    expect(named).toEqual(expect.arrayContaining([...verbs.keys()]));
  });

  it.each(documented)('has every flag of %s with its default, and no other', async (name) => {
    const callsApi = section(name).includes('(#flags-of-the-api)');
    const described = { ...flagsIn(name), ...(callsApi ? flagsIn('Flags of the API') : {}) };

    const { options } = await commandOf(name);

    expect(described).toEqual(
      Object.fromEntries(
        options.map(({ flags, defaultValue }) => [
          flags,
          typeof defaultValue === 'string' ? defaultValue : '',
        ]),
      ),
    );
  });

  it.each(documented)(
    'shows in the help of %s what the command takes, and an example',
    async (name) => {
      const command = await commandOf(name);
      const help = helpOf(command);

      expect(help).toContain('Examples:');
      expect(help).toContain(`tokenvend ${name}`);
    },
  );

  it('shows an example in the help of every verb of the registry', async () => {
    const { commands } = await commandOf('registry');

    const without = commands
      .filter((one) => !helpOf(one).includes(`  tokenvend registry ${one.name()}`))
      .map((one) => one.name());

    expect(commands.length).toBeGreaterThan(10);
    expect(without).toEqual([]);
  });

  it('has every exit code', () => {
    const rows = section('Exit codes').matchAll(/^\| (\d+) \|/gm);

    expect([...rows].map(([, code]) => Number(code))).toEqual(Object.values(exitCodes));
  });

  it('has every file, in the order of writing', () => {
    const rows = section('Files').matchAll(/^\| `([^`]+)` \|/gm);

    expect([...rows].map(([, name]) => name)).toEqual([...targetFileNames]);
  });

  it('has every field of a template, and every format', () => {
    const fields = [...section('exec').matchAll(/\| `(\w+)` \| [^|]*(?=\|)/g)].map(
      ([, one]) => one,
    );
    const named = flagsRow('token', '--format <name>');

    expect(fields.sort()).toEqual([...templateFieldNames].sort());
    expect(named).toEqual(Object.keys(formats));
  });
});

function flagsRow(title: string, flag: string): readonly string[] {
  const row = section(title)
    .split('\n')
    .find((line) => line.startsWith(`| \`${flag}\``));
  return [...(row?.split('|')[3]?.matchAll(/`([\w-]+)`/g) ?? [])].map(([, name = '']) => name);
}
