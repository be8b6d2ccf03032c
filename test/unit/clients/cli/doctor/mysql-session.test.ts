import { describe, expect, it } from 'vitest';
import { loginMysql } from '../../../../../clients/cli/doctor/mysql-session.ts';
import { aScriptedServer } from './a-scripted-server.ts';

const request = { user: 'orders_app', dbname: 'orders', token: 'the-token' };
const timeoutMs = 300;

function packet(sequence: number, body: Buffer | string): Buffer {
  const text = Buffer.from(body);
  return Buffer.concat([Buffer.from([text.length, 0, 0, sequence]), text]);
}
const switchTo = (plugin: string): Buffer =>
  packet(3, Buffer.concat([Buffer.from([0xfe]), Buffer.from(`${plugin}\0`)]));
const refusal = (code: number): Buffer =>
  packet(
    5,
    Buffer.concat([Buffer.from([0xff, code % 256, code >> 8]), Buffer.from('#28000no: the-token')]),
  );
const fine = packet(5, Buffer.from([0, 0, 0]));

const login = (lines: readonly Buffer[]) => {
  const server = aScriptedServer(lines);
  return { server, answer: loginMysql(server.stream, request, timeoutMs) };
};

describe('a login to MySQL', () => {
  it('sends the token when the clear-text plugin asks for it, and says good-bye', async () => {
    const { server, answer } = login([switchTo('mysql_clear_password'), fine]);

    expect(await answer).toEqual({ result: 'in' });

    await expect.poll(() => server.received.length).toBe(3);
    const [response, password, end] = server.received.map((one) => one.toString('latin1'));
    expect(response).toContain('orders_app\0\0orders\0mysql_native_password\0');
    expect(response).not.toContain('the-token');
    expect(password).toBe('\x0a\0\0\x04the-token\0');
    expect(end).toBe('\x01\0\0\0\x01');
  });

  it.each([
    ['before a token was asked for', [refusal(1129)], '1129', false],
    ['after it was sent', [switchTo('mysql_clear_password'), refusal(1045)], '1045', true],
  ])('is refused %s, by its number alone', async (_, lines, code, asked) => {
    expect(await login(lines).answer).toEqual({ result: 'refused', code, asked });
  });

  it.each(['caching_sha2_password', 'mysql_native_password', 'mysql_clear_password_not'])(
    'never sends a token to %s',
    async (plugin) => {
      const { server, answer } = login([switchTo(plugin)]);

      expect(await answer).toEqual({ result: 'other-password' });

      await expect.poll(() => server.received.length).toBe(2);
      expect(Buffer.concat(server.received).toString('latin1')).not.toContain('the-token');
    },
  );

  it('fails, in time, where the server says nothing', async () => {
    await expect(login([]).answer).rejects.toBeInstanceOf(Error);
  });
});
