import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const launcher = fileURLToPath(new URL('../../bin/tokenvend.js', import.meta.url));

/** Runs the CLI with a stream that is a full disk; what is left of the other is the answer. */
function runInto(redirection: string, args: readonly string[]) {
  const command = `exec "$0" "$@" ${redirection}`;
  const { PATH = '', HOME = '' } = process.env;
  const { status, stdout, stderr } = spawnSync(
    '/bin/sh',
    ['-c', command, process.execPath, launcher, ...args],
    { env: { PATH, HOME }, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

it('a full disk below standard error changes nothing of how a verb ends', () => {
  expect(runInto('2>/dev/full', ['whoami']).status).toBe(2);
});

it('a full disk below standard output ends in 7, in one line', () => {
  const { status, stderr } = runInto('>/dev/full', ['completion', 'bash']);

  expect(status).toBe(7);
  expect(stderr).toMatch(/^tokenvend: [^\n]*ENOSPC[^\n]*\n$/);
});

it('a full disk below both ends in 7 all the same', () => {
  expect(runInto('>/dev/full 2>&1', ['completion', 'bash']).status).toBe(7);
});

it('a reader that leaves early is no failure', () => {
  expect(runInto('| head -c 1', ['completion', 'bash'])).toMatchObject({ status: 0, stderr: '' });
});
