import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellQuote } from '../../../../core/connection/shell-quote.ts';
import { hostileText, tokens } from './builders.ts';

it('gives a real shell back what it was given', () => {
  const texts = ['', "'", "''", '$(id)', '`id`', '\\', '-n', ...samples(400)];

  const script = texts.map((text) => `printf '%s\\0' ${shellQuote(text)}\n`).join('');
  const output = execFileSync('/bin/sh', { input: script, encoding: 'utf8', env: {} });

  expect(output.split('\0').slice(0, -1)).toEqual(texts);
});

function samples(count: number): string[] {
  const texts = fc.oneof(hostileText, tokens).filter((text) => !text.includes('\0'));
  return fc.sample(texts, count);
}
