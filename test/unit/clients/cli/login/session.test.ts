import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSession, sessionText } from '../../../../../clients/cli/login/session.ts';
import { aSession } from './a-session.ts';

const without = (name: string): string => {
  const { [name]: _, ...rest } = JSON.parse(sessionText(aSession()));
  return JSON.stringify(rest);
};
const having = (changes: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...JSON.parse(sessionText(aSession())), ...changes });

describe('a session', () => {
  it('is read as it was written', () => {
    const { refreshToken: _, ...last } = aSession({ resource: 'https://tokens.example.com' });

    expect(parseSession(sessionText(aSession()))).toEqual(aSession());
    expect(parseSession(sessionText(last))).toEqual(last);
  });

  it.each([
    ['of another version', having({ version: 2 })],
    ['with an identity that is no text', having({ identity: 7 })],
    ['without an identity', without('identity')],
    ['without the APIs that it is for', without('apiUrls')],
    ['without an end', without('expiresAt')],
    ['with an end that is none', having({ expiresAt: 'tomorrow' })],
    ['of a kind of token that does not exist', having({ tokenKind: 'refresh' })],
    ['with half a refresh token', having({ refreshToken: '' })],
    ['cut off', sessionText(aSession()).slice(0, -20)],
  ])('is none %s', (_, text) => {
    expect(parseSession(text)).toBeUndefined();
  });

  it('is none, and no error, for any other text', () => {
    fc.assert(fc.property(fc.string(), (text) => parseSession(text) === undefined));
    fc.assert(fc.property(fc.json(), (text) => parseSession(text) === undefined));
  });
});
