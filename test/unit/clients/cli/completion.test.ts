import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { run } from '../../../../clients/cli/main.ts';
import { verbs } from '../../../../clients/cli/verbs.ts';

async function scriptFor(shell: string): Promise<string> {
  let script = '';
  const code = await run(['completion', shell], {
    out: (text) => {
      script += text;
    },
    err: () => undefined,
    env: {},
  });
  return code === 0 ? script : `code ${code}`;
}

/** What bash offers after these words. */
async function offers(words: readonly string[]): Promise<readonly string[]> {
  const setup = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}`;
  const script = `${await scriptFor('bash')}\n${setup}; _tokenvend; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout.trim().split('\n');
}

describe('completion', () => {
  it('offers every verb', async () => {
    expect(await offers(['tokenvend', ''])).toEqual(expect.arrayContaining([...verbs.keys()]));
  });

  it.each([
    [['tokenvend', 'to'], ['token']],
    [['tokenvend', 'token', '--fo'], ['--format']],
    [['tokenvend', 'registry', 'val'], ['validate']],
  ])('after %j offers %j', async (words, expected) => {
    expect(await offers(words)).toEqual(expected);
  });

  it.each(['zsh', 'fish'])('names every verb and its flags for %s', async (shell) => {
    const script = await scriptFor(shell);

    for (const name of verbs.keys()) expect(script).toContain(name);
    expect(script).toContain('format');
  });

  it('ends in 2 for a shell that it does not know', async () => {
    expect(await scriptFor('cmd')).toBe('code 2');
  });
});
