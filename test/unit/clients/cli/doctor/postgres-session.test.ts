import { describe, expect, it } from 'vitest';
import { loginPostgres } from '../../../../../clients/cli/doctor/postgres-session.ts';
import { aScriptedServer } from './a-scripted-server.ts';

const request = { user: 'orders_app', dbname: 'orders', token: 'the-token' };
const timeoutMs = 300;

function message(type: string, body: Buffer | string): Buffer {
  const text = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeUInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}
const auth = (code: number): Buffer => message('R', Buffer.from([0, 0, 0, code]));
const refusal = (code: string): Buffer =>
  message('E', `SFATAL\0C${code}\0Mpassword "the-token" is wrong\0\0`);
const ready = Buffer.concat([message('S', 'a\0b\0'), message('Z', 'I')]);

const login = (lines: readonly Buffer[]) => {
  const server = aScriptedServer(lines);
  return { server, answer: loginPostgres(server.stream, request, timeoutMs) };
};

describe('a login to PostgreSQL', () => {
  it('is in with the token in clear, and says good-bye', async () => {
    const { server, answer } = login([auth(3), Buffer.concat([auth(0), ready])]);

    expect(await answer).toEqual({ result: 'in' });

    await expect.poll(() => server.received.length).toBe(3);
    const [startup, password, end] = server.received.map((packet) => packet.toString('latin1'));
    expect(startup).toContain('user\0orders_app\0database\0orders\0');
    expect(password).toBe('p\0\0\0\x0ethe-token\0');
    expect(end).toBe('X\0\0\0\x04');
  });

  it.each([
    ['before a token was asked for', [refusal('28000')], '28000', false],
    ['after it was sent', [auth(3), refusal('28000')], '28000', true],
    ['after it was accepted', [auth(3), Buffer.concat([auth(0), refusal('3D000')])], '3D000', true],
    ['with a code that is none', [refusal('!')], 'XX000', false],
  ])('is refused %s, by its code alone', async (_, lines, code, asked) => {
    expect(await login(lines).answer).toEqual({ result: 'refused', code, asked });
  });

  it.each([
    ['SCRAM', 10],
    ['MD5', 5],
  ])('never sends a token to a server that asks for %s', async (_, code) => {
    const { server, answer } = login([auth(code)]);

    expect(await answer).toEqual({ result: 'other-password' });

    await expect.poll(() => server.received.length).toBe(2);
    expect(Buffer.concat(server.received).toString('latin1')).not.toContain('the-token');
  });

  it.each([
    ['says nothing', []],
    ['breaks off', [Buffer.from('R\0\0')]],
    ['sends a packet of 4 GB', [Buffer.from([0x52, 255, 255, 255, 255])]],
  ])('fails, in time, where the server %s', async (_, lines) => {
    await expect(login(lines).answer).rejects.toBeInstanceOf(Error);
  });
});
