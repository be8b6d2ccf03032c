import { expect, it } from 'vitest';
import { linesIn } from '../../../../core/registry/lines-in.ts';

it('does not look through a team anew for each of its ten thousand members', () => {
  const names = Array.from({ length: 10_000 }, (_, at) => `m${at}`);
  const entries = names.map((name) => `      ${name}: {}\n`).join('');
  const paths = names.map((name) => ['teams', 'a', 'members', name]);

  const lines = linesIn({ file: 'a.yaml', text: `teams:\n  a:\n    members:\n${entries}` }, paths);

  expect(lines).toEqual(names.map((_, at) => at + 4));
});
