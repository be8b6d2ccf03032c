import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityOf } from '../../local/callers.ts';
import { aFolder, cli, type Ended } from './support/cli-process.ts';
import { silenceFunctions, startTestStack, type TestStack } from './support/test-stack.ts';

let stack: TestStack;
let echo: Server;
let folder: Awaited<ReturnType<typeof aFolder>>;
let jwt: string;
let env: Readonly<Record<string, string>>;
let echoUrl: string;

beforeAll(async () => {
  silenceFunctions();
  stack = await startTestStack();
  folder = await aFolder();
  jwt = await identityOf(stack, 'orders-pod');
  env = { TOKENVEND_API_URL: stack.apiUrl, TOKENVEND_IDENTITY_TOKEN: jwt, TOKENVEND_WAIT: '0' };
  // A server that says back what it was sent, as broken proxies do.
  echo = createServer((request, answer) => {
    const sent = request.headers.authorization ?? '';
    answer.writeHead(sent === '' ? 200 : 403, { 'content-type': 'application/problem+json' });
    answer.end(JSON.stringify({ code: sent, detail: sent, requestId: sent, hint: sent }));
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  echoUrl = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
});
afterAll(async () => {
  echo.close();
  await folder.remove();
  await stack.close();
});

/** No three parts of the JWT, and no token of RDS's, anywhere in what a process wrote. */
function expectNoSecret({ out, err }: Pick<Ended, 'out' | 'err'>): void {
  for (const part of jwt.split('.')) expect(out + err).not.toContain(part);
  expect(out + err).not.toMatch(/X-Amz-(Signature|Security-Token)/);
}

describe('A21: the CLI writes no secret', () => {
  it.each([
    'whoami',
    'databases',
    'doctor orders',
    'token no-such-database',
    'exec orders -- true',
    'exec no-such-database -- true',
  ])('in tokenvend %s', async (line) => {
    expectNoSecret(await cli(line.split(' '), env));
  });

  it.each(['token orders', 'whoami', 'doctor orders'])(
    'in tokenvend %s, although the server says back what it was sent',
    async (line) => {
      const ended = await cli(line.split(' '), { ...env, TOKENVEND_API_URL: echoUrl });

      expectNoSecret(ended);
      expect(ended.code).not.toBe(0);
    },
  );

  it('in the log of an agent or of write, nor with more than 0600 beside it', async () => {
    const dir = join(folder.path, 'files');

    const ended = await cli(['write', 'orders', '--dir', dir], env);

    expectNoSecret(ended);
    expect(await readFile(join(dir, 'orders', 'password'), 'utf8')).toContain('X-Amz-Signature');
  });

  it('where the identity is not a JWT at all', async () => {
    const file = join(folder.path, 'secret');
    await writeFile(file, 'planted secret that is no JWT');

    const ended = await cli(['doctor', 'orders'], { ...env, TOKENVEND_IDENTITY_TOKEN_FILE: file });

    expect(ended.out + ended.err).not.toContain('planted secret');
    expect(ended.code).toBe(3);
  });
});
