import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addLoginOptions } from '../../../../../clients/cli/login/login-options.ts';

const page = readFileSync(new URL('../../../../../docs/login.md', import.meta.url), 'utf8');

describe('docs/login.md', () => {
  it('has every flag of login with its default, and no other', () => {
    const rows = page.matchAll(/^\| `(--[^`]+)` \| (?:`([^`]+)`)? ?\|/gm);
    const described = [...rows].map(([, flags, byDefault]) => [flags, byDefault]);

    const { options } = addLoginOptions(new Command('login'));

    expect(described).toEqual(options.map(({ flags, defaultValue }) => [flags, defaultValue]));
  });
});
