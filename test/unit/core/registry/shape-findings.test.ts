import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shapeFindings } from '../../../../core/registry/shape-findings.ts';

const findingsOf = (schema: z.ZodType, value: unknown) =>
  shapeFindings(schema.safeParse(value).error);

describe('the findings of a schema', () => {
  it('are none where it found nothing', () => {
    expect(findingsOf(z.string(), 'a')).toEqual([]);
  });

  it('are errors at the places of what is wrong, with what the schema says', () => {
    const schema = z.strictObject({ list: z.array(z.string('Write a text here.')) });

    expect(findingsOf(schema, { list: ['a', 5, 'b', 6] })).toEqual([
      { severity: 'error', path: ['list', 1], message: 'Write a text here.' },
      { severity: 'error', path: ['list', 3], message: 'Write a text here.' },
    ]);
  });

  it('name each unknown key by itself, and say that it is not known', () => {
    const schema = z.strictObject({ entry: z.strictObject({}) });
    const message = expect.stringContaining('not known');

    expect(findingsOf(schema, { entry: { a: 1, b: 2 } })).toEqual([
      { severity: 'error', path: ['entry', 'a'], message },
      { severity: 'error', path: ['entry', 'b'], message },
    ]);
  });

  it('say of a key all that is wrong with it as a key', () => {
    const name = z.string().regex(/^a/, 'Begin with an a.').max(2, 'Write two letters.');
    const schema = z.strictObject({ teams: z.record(name, z.int()) });

    expect(findingsOf(schema, { teams: { b: 1, bbb: 1 } })).toEqual([
      { severity: 'error', path: ['teams', 'b'], message: 'Begin with an a.' },
      { severity: 'error', path: ['teams', 'bbb'], message: 'Begin with an a.' },
      { severity: 'error', path: ['teams', 'bbb'], message: 'Write two letters.' },
    ]);
  });
});
