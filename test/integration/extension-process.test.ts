import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../local/free-port.ts';
import { aLayer } from './extension-programs/a-function.ts';
import { aTokenApi } from './extension-programs/a-token-api.ts';
import { anExtensionProcess } from './extension-programs/an-extensions-api.ts';
import { exchange } from './support/http.ts';

const address = 'https://abc.execute-api.eu-west-1.amazonaws.com/api';
const credentials = {
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session-token',
};

let opt = '';
let remove = (): Promise<void> => Promise.resolve();

beforeAll(async () => {
  ({ opt, remove } = await aLayer());
});

afterAll(() => remove());

/** Removed when the test ends. */
function aTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tokenvend-extension-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('a start that cannot succeed', () => {
  it.each([
    [{}, 'TOKENVEND_API_URL is not set.'],
    [{ TOKENVEND_API_URL: 'tokens.example.com' }, 'TOKENVEND_API_URL must be'],
    [{ TOKENVEND_API_URL: address, TOKENVEND_PORT: 'x' }, 'TOKENVEND_PORT must be'],
    [{ TOKENVEND_API_URL: address, AWS_SESSION_TOKEN: '' }, 'AWS_SESSION_TOKEN'],
  ])('is reported to Lambda, naming the variable (%j)', async (env, message) => {
    const extension = await anExtensionProcess(opt, { ...credentials, ...env });

    const code = await extension.exited();

    expect(code).toBe(1);
    expect(extension.calls.map(({ path }) => path)).toEqual(['register', 'init/error']);
    expect(JSON.parse(extension.calls[1]?.body ?? '')).toMatchObject({
      errorType: 'Extension.InvalidSettings',
      errorMessage: expect.stringContaining(message),
    });
  });

  it('for a port that is taken names the variable that gives it another', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    onTestFinished(() => void other.close());
    const env = { ...credentials, TOKENVEND_API_URL: address, TOKENVEND_PORT: String(port) };
    const extension = await anExtensionProcess(opt, env);

    const code = await extension.exited();

    expect(code).toBe(1);
    expect(JSON.parse(extension.calls[1]?.body ?? '')).toMatchObject({
      errorType: 'Extension.PortUnavailable',
      errorMessage: expect.stringContaining('TOKENVEND_PORT'),
    });
  });
});

describe('a layer that is not whole', () => {
  it.each([
    ['is missing', '(ERR_MODULE_NOT_FOUND)', (file: string) => rmSync(file)],
    ['is cut off', '(SyntaxError)', (file: string) => truncateSync(file, 1000)],
    ['is empty', '(TypeError)', (file: string) => truncateSync(file)],
  ])('is reported to Lambda where its second file %s', async (_how, why, damage) => {
    const copy = aTemporaryFolder();
    cpSync(opt, copy, { recursive: true });
    damage(join(copy, 'tokenvend', 'process-service.cjs'));
    const port = String(await freePort());
    const env = { ...credentials, TOKENVEND_API_URL: address, TOKENVEND_PORT: port };
    const extension = await anExtensionProcess(copy, env);

    const code = await extension.exited();

    expect(code).toBe(1);
    expect(extension.calls.map(({ path }) => path)).toEqual(['register', 'init/error']);
    expect(JSON.parse(extension.calls[1]?.body ?? '')).toMatchObject({
      errorType: 'Extension.StartFailed',
      errorMessage: expect.stringContaining(why),
    });
    expect(extension.stdout()).toContain('START_FAILED');
  });
});

describe('the order of the start', () => {
  it('is to listen before Lambda may start the function', async () => {
    const port = await freePort();
    const env = { ...credentials, TOKENVEND_API_URL: address, TOKENVEND_PORT: String(port) };
    const extension = await anExtensionProcess(opt, env);
    await expect.poll(() => extension.calls.length).toBeGreaterThan(0);

    const { status } = await exchange(`http://127.0.0.1:${port}`, { path: '/health' });

    expect(status).toBe(200);
    expect(extension.calls[0]).toEqual({
      path: 'register',
      body: '{"events":["INVOKE","SHUTDOWN"]}',
    });
  });
});

describe('SHUTDOWN', () => {
  it('is over within 50 ms, with a call under way and a request held', async () => {
    const api = await aTokenApi();
    api.behave({ delayMs: 60_000 });
    const port = await freePort();
    const times: number[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const extension = await anExtensionProcess(opt, {
        ...credentials,
        TOKENVEND_API_URL: api.url,
        TOKENVEND_PORT: String(port),
        TOKENVEND_TIMEOUT_MS: '30000',
      });
      await expect.poll(() => extension.isWaiting()).toBe(true);
      const headers = [['X-Tokenvend-Token', 'session-token']] as const;
      const path = '/v1/tokens?database=orders&user=orders_app';
      const held = exchange(`http://127.0.0.1:${port}`, { path, headers }).catch(() => 'cut off');
      await expect.poll(() => api.requests.length).toBe(attempt + 1);

      const startedAt = performance.now();
      extension.release({ eventType: 'SHUTDOWN', shutdownReason: 'spindown', deadlineMs: 0 });
      const code = await extension.exited();
      times.push(performance.now() - startedAt);

      expect(code).toBe(0);
      expect(await held).toBe('cut off');
    }

    // The machine may be busy with other tests; the extension is not what takes long.
    expect(Math.min(...times)).toBeLessThan(50);
  });
});

describe('an event that cannot be had', () => {
  it('does not end the extension', async () => {
    const port = await freePort();
    const env = { ...credentials, TOKENVEND_API_URL: address, TOKENVEND_PORT: String(port) };
    const extension = await anExtensionProcess(opt, env);
    await expect.poll(() => extension.isWaiting()).toBe(true);

    extension.release({ not: 'an event' });
    await expect.poll(() => extension.isWaiting()).toBe(true);
    extension.release({ eventType: 'SHUTDOWN' });

    expect(await extension.exited()).toBe(0);
    expect(extension.stdout()).toContain('EVENTS_INTERRUPTED');
  });
});

describe('outside Lambda', () => {
  it('is a local server with a token of its own, until SIGTERM', async () => {
    const api = await aTokenApi();
    const port = await freePort();
    const temporary = aTemporaryFolder();
    const child = spawn(join(opt, 'extensions/tokenvend'), {
      env: {
        PATH: process.env.PATH,
        AWS_REGION: 'eu-west-1',
        TMPDIR: temporary,
        ...credentials,
        TOKENVEND_API_URL: api.url,
        TOKENVEND_PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    await expect.poll(() => printed).toContain('\n');
    const { tokenFile }: { tokenFile: string } = JSON.parse(printed);
    const ask = (token: string) =>
      exchange(`http://127.0.0.1:${port}`, {
        path: '/v1/tokens?database=orders&user=orders_app',
        headers: [['X-Tokenvend-Token', token]],
      });

    const served = await ask(readFileSync(tokenFile, 'utf8'));
    const refused = await ask(credentials.AWS_SESSION_TOKEN);
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');

    expect(served.status).toBe(200);
    expect(refused.status).toBe(401);
    expect(await exited).toBe(0);
  });
});
