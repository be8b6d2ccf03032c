import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRdsTokens } from '../../adapters/rds-tokens.ts';
import { parseToken } from '../../core/token.ts';
import { anyCharacter } from '../builders/any-character.ts';
import { anAllowed } from '../builders/registry.ts';
import { aSession } from '../builders/sessions.ts';
import { editedText } from './edits.ts';
import { fuzz } from './fuzz.ts';
import { within } from './time-limit.ts';

const { token: good } = await createRdsTokens({ clock: () => new Date() }).cut(
  aSession({ expiresAt: new Date(Date.UTC(2100, 0)) }),
  anAllowed(),
  false,
);

const pieces = fc.oneof(
  fc.constantFrom(
    '&',
    '=',
    '%',
    '%25',
    '%2f',
    '%00',
    '+',
    '/',
    '?',
    '#',
    '@',
    ':',
    ' ',
    '\n',
    '\0',
  ),
  fc.constantFrom('&DBUser=admin', '&Action=connect', 'X-Amz-', '&X-Amz-Expires=9', '.', 'é', 'a'),
);

const texts = fc.oneof(
  { weight: 4, arbitrary: editedText(fc.constant(good), pieces) },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter }) },
  { weight: 1, arbitrary: fc.array(pieces).map((all) => all.join('')) },
);

const named = [
  'Action',
  'DBUser',
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
];

describe('the token parser', () => {
  fuzz(
    'reads what any reader of URLs reads, or nothing',
    fc.property(texts, (text) => {
      const parts = within(5_000, () => ({ read: parseToken(text) })).read;
      if (parts === undefined) return;
      const [front = '', query = ''] = text.split('/?');
      // A plus means itself here, and a space in forms.
      const parameters = new URLSearchParams(query.replaceAll('+', '%2B'));

      expect(front).toBe(`${parts.host}:${front.split(':')[1]}`);
      expect(parts.port).toBe(Number(front.split(':')[1]));
      expect(named).toEqual(expect.arrayContaining([...parameters.keys()]));
      expect(new Set(parameters.keys()).size).toBe([...parameters.keys()].length);
      expect(parts.user).toBe(parameters.get('DBUser'));
      expect(parts.signature).toBe(parameters.get('X-Amz-Signature'));
      expect(parts.sessionToken ?? null).toBe(parameters.get('X-Amz-Security-Token'));
      expect(parts.expiresInSeconds).toBeGreaterThan(0);
      expect(parts.signedAt.getTime()).not.toBeNaN();
    }),
  );

  it('is given texts of which some are tokens and some are not', () => {
    const outcomes = fc.sample(texts, { seed: 1, numRuns: 500 }).map((text) => parseToken(text));

    expect(outcomes.some((one) => one === undefined)).toBe(true);
    expect(outcomes.some((one) => one !== undefined)).toBe(true);
  });
});
