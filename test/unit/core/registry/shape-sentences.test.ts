import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sentenceFor } from '../../../../core/registry/shape-sentences.ts';

function sentencesOf(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value, { error: sentenceFor });
  return error?.issues.map(({ message }) => message) ?? [];
}

describe('what is said about a value of the wrong shape', () => {
  it.each([
    ['text', z.string(), 'This is missing; add a text.'],
    ['a number', z.number(), 'This is missing; add a number.'],
    ['true or false', z.boolean(), 'This is missing; add true or false.'],
    ['a list', z.array(z.string()), 'This is missing; add a list.'],
    ['a map', z.strictObject({}), 'This is missing; add a map.'],
    ['a map of any keys', z.record(z.string(), z.string()), 'This is missing; add a map.'],
    ['what has no name', z.bigint(), 'This is missing; add it.'],
  ])('where %s is missing, is to add it', (_, schema, sentence) => {
    expect(sentencesOf(z.strictObject({ key: schema }), {})).toEqual([sentence]);
  });

  it.each([
    ['a number where text belongs', z.string(), 5, 'This must be text; put it in quotes.'],
    ['true where text belongs', z.string(), true, 'This must be text; put it in quotes.'],
    ['a list where text belongs', z.string(), ['a'], 'This must be a text.'],
    ['a text where a number belongs', z.number(), '5', 'This must be a number.'],
    ['a fraction where a count belongs', z.int(), 0.5, 'This must be a whole number.'],
    ['a map where a list belongs', z.array(z.string()), {}, 'This must be a list.'],
    ['what belongs where nothing has a name', z.bigint(), 5, 'This must be bigint.'],
  ])('of %s, is what it must be', (_, schema, value, sentence) => {
    expect(sentencesOf(schema, value)).toEqual([sentence]);
  });

  it.each([
    ['the only one', z.literal(1), 'This must be 1.'],
    ['one of some', z.enum(['mysql', 'mariadb']), 'This must be one of: mysql, mariadb.'],
  ])('where it is not %s that is allowed, is which is', (_, schema, sentence) => {
    expect(sentencesOf(schema, 'oracle')).toEqual([sentence]);
  });

  it.each([
    ['a number', z.number().min(60), 59.5, 'This must be 60 or more.'],
    ['a whole number', z.int().min(60), 59, 'This must be 60 or more.'],
    ['a number too far to be exact', z.int(), -1e20, 'This must be -9007199254740991 or more.'],
    ['a text', z.string().min(1), '', 'This must not be empty; fill it in, or remove the key.'],
    [
      'a list',
      z.array(z.int()).min(1),
      [],
      'This must not be empty; fill it in, or remove the key.',
    ],
  ])('of %s that is too small, is how to make it larger', (_, schema, value, sentence) => {
    expect(sentencesOf(schema, value)).toEqual([sentence]);
  });

  it.each([
    ['a number', z.number().max(60), 60.5, 'This must be 60 or less.'],
    ['a whole number', z.int().max(60), 61, 'This must be 60 or less.'],
    ['a number too far to be exact', z.int(), 1e20, 'This must be 9007199254740991 or less.'],
    ['a text', z.string().max(2), 'abc', 'This is too long; 2 characters are the most.'],
    ['a list', z.array(z.int()).max(2), [1, 2, 3], 'This is too long; 2 entries are the most.'],
  ])('of %s that is too large, is what the most is', (_, schema, value, sentence) => {
    expect(sentencesOf(schema, value)).toEqual([sentence]);
  });

  it('is left to the schema where that has a sentence of its own', () => {
    expect(sentencesOf(z.string().regex(/^a/, 'Begin with an a.'), 'b')).toEqual([
      'Begin with an a.',
    ]);
  });
});
