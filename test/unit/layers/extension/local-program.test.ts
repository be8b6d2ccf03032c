import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLocalProgram } from '../../../../layers/extension/local-program.ts';
import { createOwnFolder } from '../../../../layers/extension/own-folder.ts';
import { readSettings } from '../../../../layers/extension/settings.ts';
import { aLog, aTemporaryFolder } from './builders.ts';

const settings = readSettings({
  TOKENVEND_API_URL: 'https://abc123.execute-api.eu-west-1.amazonaws.com/api',
  TOKENVEND_LOG_LEVEL: 'ERROR',
});

const vending = {
  start: () => undefined,
  invoked: () => undefined,
  refresh: () => undefined,
  token: () => Promise.reject(new Error('not asked')),
  ca: () => Promise.reject(new Error('not asked')),
};

const listen = async (port: number) => ({ port, handTo: () => undefined });

describe('the program outside Lambda', () => {
  it('makes a token that only its owner can read, and prints where it is', async () => {
    const folder = createOwnFolder(join(aTemporaryFolder(), 'tokenvend'));
    const { log, entries, lines } = aLog('ERROR');
    let token = '';

    const code = await runLocalProgram({
      settings,
      listen,
      start: async (options) => {
        token = options.token;
        return { vending, server: { port: 4242, close: async () => undefined } };
      },
      folder,
      stopped: Promise.resolve(),
      log,
    });

    const [printed] = entries();
    const tokenFile = String(printed?.tokenFile);
    expect(code).toBe(0);
    expect(printed).toMatchObject({ code: 'LISTENING', url: 'http://127.0.0.1:4242' });
    expect(readFileSync(tokenFile, 'utf8')).toBe(token);
    expect(token.length).toBeGreaterThanOrEqual(43);
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
    expect(lines.join('')).not.toContain(token);
  });

  it('ends with 2 for wrong settings', async () => {
    const { log, entries } = aLog();

    const code = await runLocalProgram({
      settings: readSettings({}),
      listen,
      start: () => Promise.reject(new Error('not reached')),
      folder: createOwnFolder(aTemporaryFolder()),
      stopped: Promise.resolve(),
      log,
    });

    expect(code).toBe(2);
    expect(entries()).toMatchObject([{ code: 'SETTINGS_INVALID' }]);
  });

  it('ends with 1 where it cannot listen', async () => {
    const { log } = aLog();

    const code = await runLocalProgram({
      settings,
      listen: () => Promise.reject(Object.assign(new Error('…'), { code: 'EADDRINUSE' })),
      start: () => Promise.reject(new Error('not reached')),
      folder: createOwnFolder(aTemporaryFolder()),
      stopped: Promise.resolve(),
      log,
    });

    expect(code).toBe(1);
  });

  it('ends with 1 where its own file is no program, and does not blame the port', async () => {
    const { log, entries } = aLog();

    const code = await runLocalProgram({
      settings,
      listen,
      start: () => Promise.reject(new SyntaxError('Unexpected token')),
      folder: createOwnFolder(aTemporaryFolder()),
      stopped: Promise.resolve(),
      log,
    });

    expect(code).toBe(1);
    expect(entries()).toMatchObject([
      { code: 'START_FAILED', message: expect.stringContaining('(SyntaxError)') },
    ]);
  });
});
