import { describe, expect, it } from 'vitest';
import { plan } from '../../../../operator/plan/plan.ts';
import { planLines, planMarkdown } from '../../../../operator/plan/plan-lines.ts';
import { aCompiledRegistry, withDatabase, withMember } from '../../../builders/registry-files.ts';

const planTo = (changes: Parameters<typeof aCompiledRegistry>[0]) =>
  plan(aCompiledRegistry(), aCompiledRegistry(changes));

const manyUsers = Object.fromEntries(
  Array.from({ length: 25 }, (_, at) => [`user_${at}`, { teams: ['payments'] }]),
);

describe.each([
  ['lines', planLines],
  ['markdown', planMarkdown],
])('a plan as %s', (_, write) => {
  it('says so when nothing changes', () => {
    expect(write(planTo({}))).toHaveLength(1);
  });

  it('writes out the first ten of a long list, and counts the rest', () => {
    const lines = write(planTo(withDatabase({ users: manyUsers })));

    expect(lines.filter((line) => line.includes('user_'))).toHaveLength(10);
    expect(lines.join('\n')).toContain('25 database users');
    expect(lines.join('\n')).toContain('and 15 more');
  });
});

describe('a plan of names', () => {
  it('writes what becomes of each, ten at most', () => {
    const names = Array.from({ length: 12 }, (_, at) => `old-${at}`);
    const renamed = { kind: 'renamed', databases: [{ before: 'a', after: 'b' }] } as const;
    const removed = { kind: 'removed', databases: names } as const;

    const lines = planLines({ before: 'v1', after: 'v2', changes: [renamed, removed] });

    expect(lines).toContain('      a becomes b');
    expect(lines.filter((line) => line.includes('old-'))).toHaveLength(10);
    expect(lines.join('\n')).toContain('REMOVED 12 databases');
    expect(lines).toContain('      and 2 more');
  });
});

describe('a plan as markdown', () => {
  it.each([
    '@everyone',
    '<img src=x>',
    '`@everyone`',
    '``` @everyone ```',
    '[a](https://evil.example.com)',
  ])('keeps %s of the registry inside a code span', (subject) => {
    const lines = planMarkdown(planTo(withMember({ issuer: 'cluster', subject })));

    const [line = ''] = lines.filter((one) => one.includes(`subject`));
    const [, fence = '', content] = /who: (`+) ?(.*?) ?\1$/.exec(line) ?? [];
    expect(content).toContain('subject');
    expect(content?.match(/`+/g) ?? []).not.toContain(fence);
  });
});
