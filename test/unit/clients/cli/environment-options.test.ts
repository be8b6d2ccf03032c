import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  applyEnvironment,
  describeOption,
  variableOf,
} from '../../../../clients/cli/environment-options.ts';

/** The options that a command line and an environment come to. */
function parsed(args: readonly string[], env: Readonly<Record<string, string>>) {
  const command = new Command('x')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .option('--api-url <url>')
    .option('--wait <seconds>', '', '10')
    .option('--json')
    .option('--set <x>', '', (text: string, before: readonly string[]) => [...before, text], []);
  applyEnvironment(command, env);
  return command.parse(args, { from: 'user' }).opts();
}

describe('a flag’s variable', () => {
  it.each([
    ['stands for the flag', [], { TOKENVEND_API_URL: 'e' }, { apiUrl: 'e' }],
    ['goes before the default', [], { TOKENVEND_WAIT: '3' }, { wait: '3' }],
    ['goes behind the flag', ['--api-url', 'f'], { TOKENVEND_API_URL: 'e' }, { apiUrl: 'f' }],
    ['counts as not set when empty', [], { TOKENVEND_WAIT: '' }, { wait: '10' }],
    ['turns a flag on', [], { TOKENVEND_JSON: '1' }, { json: true }],
    ['may hold several values', [], { TOKENVEND_SET: 'A=a\nB=b' }, { set: ['A=a', 'B=b'] }],
  ])('%s', (_, args, env, expected) => {
    expect(parsed(args, env)).toMatchObject(expected);
  });

  it.each(['0', 'false', 'no', 'OFF'])('turns no flag on by %s', (text) => {
    expect(parsed([], { TOKENVEND_JSON: text }).json).toBeUndefined();
  });

  it('stands in the help, beside the default', () => {
    const [option] = new Command('x').option('--min-ttl <s>', 'what is left', '30').options;
    if (option === undefined) throw new Error('no option');

    expect(variableOf(option)).toBe('TOKENVEND_MIN_TTL');
    expect(describeOption(option)).toBe('what is left (default: 30) [$TOKENVEND_MIN_TTL]');
  });

  it('stands for a mandatory flag too', () => {
    const command = new Command('x').exitOverride().requiredOption('--dir <path>');
    applyEnvironment(command, { TOKENVEND_DIR: '/run/db' });

    expect(command.parse([], { from: 'user' }).opts()).toEqual({ dir: '/run/db' });
  });
});
