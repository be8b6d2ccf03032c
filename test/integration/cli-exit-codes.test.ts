import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityOf } from '../../local/callers.ts';
import { aFolder, cli } from './support/cli-process.ts';
import { silenceFunctions, startTestStack, type TestStack } from './support/test-stack.ts';

let stack: TestStack;
let babbler: Server;
let folder: Awaited<ReturnType<typeof aFolder>>;
let env: Readonly<Record<string, string>>;
let babble: string;

beforeAll(async () => {
  silenceFunctions();
  stack = await startTestStack();
  folder = await aFolder();
  // Something that answers, and is not the API.
  babbler = createServer(({ url }, answer) => {
    const status = url?.startsWith('/lost/') ? 404 : 200;
    answer.writeHead(status, { 'content-type': 'application/json' }).end('{"hello":"world"}');
  });
  babbler.listen(0, '127.0.0.1');
  await once(babbler, 'listening');
  babble = `http://127.0.0.1:${(babbler.address() as AddressInfo).port}`;
  const identity = join(folder.path, 'jwt');
  await writeFile(identity, await identityOf(stack, 'orders-pod'));
  env = {
    TOKENVEND_API_URL: stack.apiUrl,
    TOKENVEND_IDENTITY_TOKEN_FILE: identity,
    TOKENVEND_WAIT: '0',
  };
});
afterAll(async () => {
  babbler.close();
  await folder.remove();
  await stack.close();
});

describe('the exit code', () => {
  it.each([
    [0, ['token', 'orders'], {}],
    [0, ['token', 'orders', '--format', 'url', '--ca-file', 'ca.pem'], {}],
    [0, ['whoami'], {}],
    [0, ['databases'], {}],
    [0, ['ca'], { TOKENVEND_IDENTITY_TOKEN_FILE: '' }],
    [0, ['exec', 'orders', '--', 'true'], {}],
    [0, ['--version'], {}],
    [2, ['token'], {}],
    [2, ['token', 'not a target'], {}],
    [2, ['token', 'orders', '--format', 'yaml'], {}],
    [2, ['token', 'orders', '--via', 'localhost:1'], {}],
    [2, ['whoami'], { TOKENVEND_API_URL: '' }],
    [2, ['whoami'], { TOKENVEND_API_URL: 'http://tokens.example.com' }],
    [2, ['whoami', '--auth', 'magic'], {}],
    [2, ['whoami', '--wait', 'long'], {}],
    [2, ['exec', 'orders'], {}],
    [2, ['exec', 'orders', '--set', 'X={nothing}', '--', 'true'], {}],
    [2, ['check', '--dir', '/nowhere/at/all'], {}],
    [2, ['agent', 'orders', '--dir', '/tmp', '--refresh-signal', 'HUP'], {}],
    [3, ['token', 'orders'], { TOKENVEND_IDENTITY_TOKEN_FILE: '' }],
    [3, ['token', 'orders'], { TOKENVEND_IDENTITY_TOKEN_FILE: '/nowhere' }],
    [3, ['token', 'orders', '--identity-command', 'exit 1'], { TOKENVEND_IDENTITY_TOKEN_FILE: '' }],
    [
      3,
      ['token', 'orders', '--identity-command', 'sleep 60', '--timeout-ms', '5000'],
      { TOKENVEND_IDENTITY_TOKEN_FILE: '' },
    ],
    [4, ['token', 'orders/orders_deploy'], {}],
    [4, ['token', 'no-such-database'], {}],
    [
      4,
      ['whoami'],
      {
        TOKENVEND_IDENTITY_TOKEN_FILE: '',
        TOKENVEND_IDENTITY_TOKEN: 'eyJhbGciOiJub25lIn0.e30.e30',
      },
    ],
    [4, ['exec', 'no-such-database', '--', 'true'], {}],
    [5, ['token', 'orders'], { TOKENVEND_API_URL: 'http://127.0.0.1:1' }],
    [5, ['write', 'orders', '--dir', '/tmp'], { TOKENVEND_API_URL: 'http://127.0.0.1:1' }],
    [7, ['write', 'orders', '--dir', '/proc/tokenvend'], {}],
    [7, ['ca', '--out', '/proc/tokenvend.pem'], {}],
    [126, ['exec', 'orders', '--', '/etc/passwd'], {}],
    [127, ['exec', 'orders', '--', 'no-such-command'], {}],
    [42, ['exec', 'orders', '--', 'sh', '-c', 'exit 42'], {}],
    [143, ['exec', 'orders', '--', 'sh', '-c', 'kill -TERM $$'], {}],
  ])('is %i for %j with %j', async (code, args, changes) => {
    const ended = await cli(args, { ...env, ...changes });

    expect({ code: ended.code, err: ended.err }).toEqual({
      code,
      // Who does not end in 0 says why, but for a child, which speaks for itself.
      err: code === 0 || code === 42 || code === 143 ? ended.err : expect.stringMatching(/\S/),
    });
  });

  it('is 6 where something answers that is not the API', async () => {
    const ended = await cli(['whoami'], { ...env, TOKENVEND_API_URL: babble });
    const lost = await cli(['whoami'], { ...env, TOKENVEND_API_URL: `${babble}/lost` });

    expect([ended.code, lost.code]).toEqual([6, 6]);
    expect(lost.err).toContain('not tokenvend');
  });

  it('is 2 for a CA bundle that is not on board, which is named with where the list is', async () => {
    const ended = await cli(['ca', 'nowhere-1'], env);

    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/no CA bundle nowhere-1 .*docs\/certificates\.md/);
  });

  it('is 8 where the files are not fresh, and 0 where they are', async () => {
    const dir = join(folder.path, 'files');
    await cli(['write', 'orders', '--dir', dir], env);

    const fresh = await cli(['check', '--dir', dir]);
    const short = await cli(['check', '--dir', dir, '--min-ttl', '900']);
    await writeFile(join(dir, 'orders', 'password'), 'other');
    const mixed = await cli(['check', '--dir', dir, '--json']);

    expect([fresh.code, short.code, mixed.code]).toEqual([0, 8, 8]);
    expect(JSON.parse(mixed.out)).toMatchObject({ fresh: false, targets: [{ problem: 'mixed' }] });
  });
});
