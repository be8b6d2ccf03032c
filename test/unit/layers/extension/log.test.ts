import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extensionLogCodes } from '../../../../layers/extension/log.ts';
import { aLog } from './builders.ts';

describe('the log', () => {
  it('is one JSON object a line', () => {
    const { log, lines } = aLog();

    log.warn('VEND_FAILED', { database: 'orders', status: 503 });

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\n$/);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      time: '2026-03-01T12:00:00.000Z',
      level: 'WARN',
      extension: 'tokenvend',
      code: 'VEND_FAILED',
      database: 'orders',
      status: 503,
    });
  });

  it.each([
    ['DEBUG', ['VENDED', 'VEND_FAILED', 'CA_UNWRITABLE']],
    ['WARN', ['VEND_FAILED', 'CA_UNWRITABLE']],
    ['ERROR', ['CA_UNWRITABLE']],
  ] as const)('at %s holds %j', (level, expected) => {
    const { log, codes } = aLog(level);

    log.debug('VENDED');
    log.warn('VEND_FAILED');
    log.error('CA_UNWRITABLE');

    expect(codes()).toEqual(expected);
  });

  it('announces whatever the level is', () => {
    const { log, codes } = aLog('ERROR');

    log.announce('LISTENING', { url: 'http://127.0.0.1:2777' });

    expect(codes()).toEqual(['LISTENING']);
  });
});

describe('docs/lambda.md', () => {
  it('lists every code that the extension logs', () => {
    const text = readFileSync('docs/lambda.md', 'utf8');
    const [, section = ''] = text.split(/^## What it logs$/m);
    const listed = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);

    expect(listed.sort()).toEqual([...extensionLogCodes].sort());
  });

  it('lists every setting', () => {
    const text = readFileSync('docs/lambda.md', 'utf8');
    const source = readFileSync('layers/extension/settings.ts', 'utf8');
    const names = (of: string): string[] => [...new Set(of.match(/TOKENVEND_[A-Z_]+/g))].sort();
    const rows = text.match(/^\| `TOKENVEND_[A-Z_]+` \|/gm)?.join('\n') ?? '';

    expect(names(rows)).toEqual(names(source));
  });
});
