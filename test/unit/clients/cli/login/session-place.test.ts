import { describe, expect, it } from 'vitest';
import {
  boundUrls,
  sessionFileName,
  sessionFolder,
} from '../../../../../clients/cli/login/session-place.ts';

describe('the folder for sessions', () => {
  it.each([
    ['linux', { HOME: '/home/ann' }, '/home/ann/.local/state/tokenvend'],
    ['linux', { HOME: '/home/ann', XDG_STATE_HOME: '/state' }, '/state/tokenvend'],
    // "All paths must be absolute. If [not] … consider the path invalid and ignore it."
    ['linux', { HOME: '/home/ann', XDG_STATE_HOME: 'state' }, '/home/ann/.local/state/tokenvend'],
    ['darwin', { HOME: '/Users/ann' }, '/Users/ann/Library/Application Support/tokenvend'],
    ['win32', { LOCALAPPDATA: '/AppData/Local' }, '/AppData/Local/tokenvend'],
    ['linux', {}, undefined],
    ['linux', { HOME: '' }, undefined],
    ['linux', { HOME: 'relative' }, undefined],
    ['win32', { HOME: '/home/ann' }, undefined],
  ] as const)('on %s with %j is %s', (platform, env, expected) => {
    expect(sessionFolder({ platform, env })).toBe(expected);
  });
});

describe('the addresses of a session', () => {
  it('are the same in any order and spelling', () => {
    const one = boundUrls(['https://b.example.com', 'https://A.example.com/api/']);
    const other = boundUrls(['https://a.example.com/api', 'https://b.example.com:443/']);

    expect(one).toEqual(other);
  });

  it.each([
    [['https://a.example.com'], ['https://b.example.com']],
    [['https://a.example.com'], ['https://a.example.com/stage']],
    [['https://a.example.com'], ['https://a.example.com', 'https://b.example.com']],
    [['https://a.example.com'], ['https://a.example.com:8443']],
  ])('%j and %j have files of their own', (one, other) => {
    expect(sessionFileName(boundUrls(one))).not.toBe(sessionFileName(boundUrls(other)));
  });

  it.each(['http://a.example.com', 'https://user@a.example.com', 'a'])('refuse %s', (url) => {
    expect(() => boundUrls([url])).toThrow(expect.objectContaining({ reason: 'url-invalid' }));
  });
});
