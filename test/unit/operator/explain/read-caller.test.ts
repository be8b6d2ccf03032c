import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCaller } from '../../../../operator/explain/read-caller.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenvend-caller-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function fromFile(text: string) {
  const file = join(folder, 'identity');
  await writeFile(file, text);
  return readCaller(file);
}

describe('readCaller', () => {
  const arn = 'arn:aws:iam::111122223333:role/nightly';

  it.each([
    ['an ARN', () => readCaller(arn), { kind: 'iam', arn }],
    ['a file with an ARN', () => fromFile(`${arn}\n`), { kind: 'iam', arn }],
    [
      'claims',
      () => fromFile('{"iss":"https://issuer.example.com","sub":"a"}'),
      { kind: 'jwt', issuer: 'https://issuer.example.com', claims: { sub: 'a' } },
    ],
    [
      'what aws sts get-caller-identity prints',
      () =>
        fromFile(
          JSON.stringify({
            UserId: 'AROAEXAMPLENIGHTLY123:run',
            Account: '111122223333',
            Arn: 'arn:aws:sts::111122223333:assumed-role/nightly/run',
          }),
        ),
      {
        kind: 'iam',
        arn: 'arn:aws:sts::111122223333:assumed-role/nightly/run',
        uniqueId: 'AROAEXAMPLENIGHTLY123',
      },
    ],
  ])('reads %s', async (_, read, expected) => {
    await expect(read()).resolves.toMatchObject(expected);
  });

  it('A21: refuses a JWT in place of the file, and does not repeat it', async () => {
    const error = await readCaller('eyJhbGciOiJSUzI1NiJ9.planted-secret.c2ln').catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toMatchObject({ code: 'input-invalid' });
    expect(String(error)).not.toContain('planted-secret');
  });

  it.each([
    ['no JSON', 'planted-secret'],
    ['claims without an issuer', '{"sub":"planted-secret"}'],
    ['a list', '["planted-secret"]'],
    ['A21: a JWT', 'eyJhbGciOiJSUzI1NiJ9.planted-secret.c2ln'],
  ])('refuses %s, and does not repeat it', async (_, text) => {
    const error = await fromFile(text).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'input-invalid' });
    expect(String(error)).not.toContain('planted-secret');
  });

  it('says which file cannot be read', async () => {
    await expect(readCaller(join(folder, 'none'))).rejects.toMatchObject({
      code: 'path-unreadable',
    });
  });
});
