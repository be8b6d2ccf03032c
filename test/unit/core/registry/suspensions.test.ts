import { describe, expect, it } from 'vitest';
import { parseSuspensions, readSuspensions } from '../../../../core/registry/suspensions.ts';

const unavailable = expect.objectContaining({
  code: 'UPSTREAM_UNAVAILABLE',
  reason: 'registry-unavailable',
});

describe('a list of suspensions', () => {
  it('is a set of what is cut off', () => {
    const entries = [
      'team/a',
      'member/a/b',
      'user/orders/orders_app',
      'database/orders',
      'issuer/x',
    ];

    expect(parseSuspensions(JSON.stringify(entries))).toEqual(new Set(entries));
  });

  it('may be empty', () => {
    expect(readSuspensions([]).size).toBe(0);
  });

  it.each([
    ['nothing', undefined],
    ['a map', {}],
    ['a text', 'team/a'],
    ['an entry of an unknown kind', ['team/a', 'teams/b']],
    ['an entry without a name', ['team/']],
    ['an entry with too few names', ['member/a']],
    ['an entry with too many', ['team/a/b']],
    ['an entry that is no text', [5]],
  ])('is refused whole for %s', (_, entries) => {
    expect(() => readSuspensions(entries)).toThrow(unavailable);
  });

  it.each(['', '[', '["team/a"'])('is refused when it is cut off: %s', (text) => {
    expect(() => parseSuspensions(text)).toThrow(unavailable);
  });
});
