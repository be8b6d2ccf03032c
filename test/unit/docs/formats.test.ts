import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formats } from '../../../core/connection/formats.ts';

describe('docs/formats.md', () => {
  const text = readFileSync('docs/formats.md', 'utf8');

  it.each(Object.keys(formats))('has a row for %s', (name) => {
    expect(text).toMatch(new RegExp(`^\\| \`${name}\` \\|`, 'm'));
  });

  it('has a row for every code', () => {
    const source = readFileSync('core/connection/format-error.ts', 'utf8');
    const codes = [...source.matchAll(/^ {2}\| '([A-Z_]+)'/gm)].map(([, code]) => code);

    expect(codes).toHaveLength(7);
    for (const code of codes) expect(text).toContain(`\n| \`${code}\` |`);
  });
});
