import { describe, expect, it } from 'vitest';
import { sameSecret, sha256Hex, signatureOf } from '../../../../local/aws/sigv4-signature.ts';
import {
  canonicalPath,
  readAmzDate,
  readQuery,
  uriEncode,
} from '../../../../local/aws/sigv4-text.ts';

/** The example keys of AWS's own documentation and test suite. */
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

describe('signatureOf', () => {
  it('makes the signature that AWS documents for its ListUsers example', () => {
    const signature = signatureOf(
      {
        method: 'GET',
        path: '/',
        query: [
          ['Version', '2010-05-08'],
          ['Action', 'ListUsers'],
        ],
        headers: [
          ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'],
          ['host', 'iam.amazonaws.com'],
          ['x-amz-date', '20150830T123600Z'],
        ],
        payloadHash: sha256Hex(''),
      },
      '20150830T123600Z',
      { date: '20150830', region: 'us-east-1', service: 'iam' },
      secret,
    );

    expect(signature).toBe('5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7');
  });

  it('makes the signature of get-vanilla in AWS’s test suite', () => {
    const signature = signatureOf(
      {
        method: 'GET',
        path: '/',
        query: [],
        headers: [
          ['host', 'example.amazonaws.com'],
          ['x-amz-date', '20150830T123600Z'],
        ],
        payloadHash: sha256Hex(''),
      },
      '20150830T123600Z',
      { date: '20150830', region: 'us-east-1', service: 'service' },
      secret,
    );

    expect(signature).toBe('5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31');
  });
});

describe('canonical text', () => {
  it.each([
    ['', '/'],
    ['/', '/'],
    ['/v1/tokens', '/v1/tokens'],
    ['/v1/tokens/', '/v1/tokens/'],
    ['//v1//tokens', '/v1/tokens'],
    ['/a/./b/../c', '/a/c'],
    ['/../..', '/'],
    ['/a b', '/a%20b'],
    ['/a%20b', '/a%2520b'],
    ['/a~b*', '/a~b%2A'],
  ])('writes the path %j as %j', (path, expected) => {
    expect(canonicalPath(path)).toBe(expected);
  });

  it('percent-encodes all but the unreserved characters', () => {
    expect(uriEncode("aZ09-._~!'()*/ é")).toBe('aZ09-._~%21%27%28%29%2A%2F%20%C3%A9');
  });

  it.each([
    ['', []],
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['a', [['a', '']]],
    ['a=b=c', [['a', 'b=c']]],
    ['a=%2B+', [['a', '++']]],
    ['a=%', undefined],
  ])('reads the query %j', (text, expected) => {
    expect(readQuery(text)).toEqual(expected);
  });

  it('reads a date in the basic format only', () => {
    expect(readAmzDate('20260101T120000Z')).toEqual(new Date('2026-01-01T12:00:00Z'));
    expect(readAmzDate('20261301T120000Z')).toBeUndefined();
    expect(readAmzDate('2026-01-01T12:00:00Z')).toBeUndefined();
  });
});

it('compares secrets of any length', () => {
  expect(sameSecret('abc', 'abc')).toBe(true);
  expect(sameSecret('abc', 'abd')).toBe(false);
  expect(sameSecret('abc', 'abcd')).toBe(false);
  expect(sameSecret('', '')).toBe(true);
});
