import { execFileSync } from 'node:child_process';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { quietYaml } from '../../../build/quiet-yaml.ts';

/** What a bundle of the YAML parser prints about a text, where the parser's own logging is asked for. */
async function printedBy(plugins: readonly (typeof quietYaml)[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents:
        "import { parse } from 'yaml'; process.stdout.write(parse('planted: [secret]').planted[0]);",
      resolveDir: '.',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    plugins: [...plugins],
  });
  const env = { LOG_TOKENS: '1' };
  const input = outputFiles[0]?.text ?? '';
  return execFileSync(process.execPath, ['-'], { env, input, encoding: 'utf8' });
}

describe('the YAML parser in a bundle', () => {
  it('prints nothing of what it reads, whatever the environment holds', async () => {
    expect(await printedBy([])).toContain('planted');
    expect(await printedBy([quietYaml])).toBe('secret');
  });
});
