import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../builders/cli.ts';

describe('tokenvend', () => {
  it.each([
    ['an unknown verb', ['nonsense']],
    ['an unknown flag', ['--nonsense']],
    ['an unknown subcommand', ['registry', 'nonsense']],
    ['a missing argument', ['registry', 'validate']],
    ['one argument too many', ['registry', 'validate', 'a', 'b']],
    ['a missing option', ['registry', 'compile', 'a']],
    ['nothing', []],
  ])('ends in 2 for %s, and explains on standard error', async (_, args) => {
    const { code, out, err } = await runCli(args);

    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).not.toBe('');
  });

  it.each([
    [['--help'], 'registry'],
    [['help', 'registry'], 'compile'],
    [['registry', 'validate', '--help'], '--strict'],
    [['help', 'registry', 'validate'], '--strict'],
    [['help', 'write'], '(required)'],
    [['--help'], '  8  the files are not fresh'],
  ])('ends in 0 for %j, and explains on standard output', async (args, text) => {
    const { code, out } = await runCli(args);

    expect(code).toBe(0);
    expect(out).toContain(text);
  });

  it.each([
    [['token', 'a', 'b'], 'tokenvend token --help'],
    [['registry', 'validate'], 'tokenvend registry validate --help'],
    [['nonsense'], 'tokenvend --help'],
    [['help', 'registry', 'nonsense'], 'tokenvend registry --help'],
  ])('points from %j to the help of the very verb', async (args, help) => {
    expect((await runCli(args)).err).toContain(`See: ${help}\n`);
  });

  it('says of help for an unknown verb that there is no such verb', async () => {
    const { code, err } = await runCli(['help', 'nonsense']);

    expect(code).toBe(2);
    expect(err).toContain("unknown command 'nonsense'");
  });

  it('starts from its launcher, and hands its exit code to the caller', async () => {
    const launcher = fileURLToPath(new URL('../../../../bin/tokenvend.js', import.meta.url));
    const started = promisify(execFile)(process.execPath, [
      launcher,
      'registry',
      'validate',
      '/nowhere',
    ]);

    await expect(started).rejects.toMatchObject({ code: 2 });
  });
});
