import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TokenCheck } from '../../../../local/database/login.ts';
import { listenForPam } from '../../../../local/database/pam-verifier.ts';

const service = 'tokenvend-0123';
/** As long as real ones, with what a shell and a URL would make something else of. */
const token = `orders.example:5432/?Action=connect&DBUser=orders_app&x=${'%2B'.repeat(500)}`;

let folder: string;
let closing: (() => Promise<void>)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokenvend-test-'));
  closing = [];
});

afterEach(async () => {
  for (const close of closing) await close();
  rmSync(folder, { recursive: true });
});

async function aVerifier(checkToken: TokenCheck) {
  const checked: Parameters<TokenCheck>[0][] = [];
  const refused: { readonly user: string; readonly reason: string }[] = [];
  const socketPath = join(folder, 'verifier.sock');
  const verifier = await listenForPam({
    socketPath,
    service,
    account: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
    checkToken: (attempt) => {
      checked.push(attempt);
      return checkToken(attempt);
    },
    onRefusal: (refusal) => refused.push(refusal),
  });
  closing.push(() => verifier.close());
  return { socketPath, checked, refused };
}

async function ask(socketPath: string, ...parts: readonly string[]): Promise<number | undefined> {
  const asking = request({ socketPath, method: 'POST' }).end(parts.join('\0'));
  const [response] = await once(asking, 'response');
  return response.resume().statusCode;
}

const accept: TokenCheck = async () => ({ ok: true });

describe('the verifier that PAM asks', () => {
  it('accepts a token that the check accepts, whole and for the very user', async () => {
    const { socketPath, checked } = await aVerifier(accept);

    const status = await ask(socketPath, service, 'orders_app', token);

    expect(status).toBe(200);
    expect(checked).toEqual([{ user: 'orders_app', token }]);
  });

  it('refuses a token that the check refuses, and tells the log why', async () => {
    const { socketPath, refused } = await aVerifier(async () => ({ ok: false, reason: 'expired' }));

    const status = await ask(socketPath, service, 'orders_app', token);

    expect(status).toBe(403);
    expect(refused).toEqual([{ user: 'orders_app', reason: 'expired' }]);
  });

  it('refuses when the check fails', async () => {
    const { socketPath, refused } = await aVerifier(() => Promise.reject(new Error('no IAM')));

    const status = await ask(socketPath, service, 'orders_app', token);

    expect(status).toBe(403);
    expect(refused).toEqual([{ user: 'orders_app', reason: 'check-failed' }]);
  });

  it.each([
    ['for the PAM service of another server', ['tokenvend-4567', 'orders_app', token]],
    ['whose parts have been shifted by one too many', [service, 'orders_app', token, 'x']],
    ['without a user', [service, '', token]],
    ['without a token', [service, 'orders_app', '']],
    ['that is empty', []],
    ['that is longer than any password', [service, 'orders_app', 'x'.repeat(128 * 1024)]],
  ])('refuses a question %s, and does not ask for it', async (_title, parts) => {
    const { socketPath, checked } = await aVerifier(accept);

    const status = await ask(socketPath, ...parts);

    expect(status).toBe(403);
    expect(checked).toEqual([]);
  });

  it('listens on a socket that only the server can open', async () => {
    const { socketPath } = await aVerifier(accept);

    const { mode, uid } = statSync(socketPath);

    expect(mode & 0o777).toBe(0o600);
    expect(uid).toBe(process.getuid?.());
  });
});
