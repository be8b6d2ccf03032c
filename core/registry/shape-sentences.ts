import type { core } from 'zod';

/** What to do about a value of the wrong shape; `undefined` where the schema says it itself. */
export function sentenceFor(issue: core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `This is missing; add ${nouns.get(issue.expected) ?? 'it'}.`
        : wrongType(issue.expected, issue.input);
    case 'invalid_value':
      return `This must be ${issue.values.length > 1 ? 'one of: ' : ''}${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `This must be ${issue.minimum} or more.`
        : 'This must not be empty; fill it in, or remove the key.';
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `This must be ${issue.maximum} or less.`
        : `This is too long; ${issue.maximum} ${issue.origin === 'string' ? 'characters' : 'entries'} are the most.`;
    default:
      return undefined;
  }
}

function wrongType(expected: string, input: unknown): string {
  if (expected === 'string' && typeof input !== 'object') {
    return 'This must be text; put it in quotes.';
  }
  return `This must be ${nouns.get(expected) ?? expected}.`;
}

const nouns: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a map'],
  ['record', 'a map'],
]);
