import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fatalResponse,
  maxPasswordMessageBytes,
  parseFirstPacket,
  readFirstPacket,
  readPassword,
} from '../../../../local/database/wire-protocol.ts';
import { anyCharacter } from '../../../builders/any-character.ts';
import { passwordMessage, requestPacket, startupPacket } from './packets.ts';

const user = 'orders_app';

describe('a first packet', () => {
  it('tells the user and the database of a startup, and keeps its bytes', () => {
    const bytes = startupPacket({ user, database: 'orders', application_name: 'api' });

    const packet = parseFirstPacket(bytes);

    expect(packet).toEqual({ kind: 'startup', bytes, user, database: 'orders' });
  });

  it('takes the user for the database where none is named', () => {
    expect(parseFirstPacket(startupPacket({ user }))).toMatchObject({ database: user });
  });

  it.each<[string, Buffer]>([
    ['no user', startupPacket({ database: 'orders' })],
    ['an empty user', startupPacket({ user: '' })],
    ['a user longer than the server keeps', startupPacket({ user: 'u'.repeat(64) })],
    ['a user with more bytes than the server keeps', startupPacket({ user: 'ü'.repeat(32) })],
    ['a user that is not UTF-8', startupPacket([['user', Buffer.from([0xff])]])],
    [
      'two users',
      startupPacket([
        ['user', user],
        ['user', 'rdsadmin'],
      ]),
    ],
    [
      'two databases',
      startupPacket([
        ['user', user],
        ['database', 'a'],
        ['database', 'b'],
      ]),
    ],
    [
      'a user after the end',
      startupPacket([
        ['user', user],
        ['', ''],
        ['user', 'rdsadmin'],
      ]),
    ],
    [
      'a name without a value',
      startupPacket([
        ['user', user],
        ['database', ''],
      ]).subarray(0, -1),
    ],
  ])('is refused with %s, which the server might read otherwise', (_case, bytes) => {
    expect(parseFirstPacket(bytes)).toBeUndefined();
  });

  it('keeps the longest user name that the server keeps', () => {
    const longest = 'u'.repeat(63);

    expect(parseFirstPacket(startupPacket({ user: longest }))).toMatchObject({ user: longest });
  });

  it('names a protocol version that is not spoken', () => {
    const packet = startupPacket({ user }, { version: 2 << 16 });

    expect(parseFirstPacket(packet)).toEqual({ kind: 'unsupported', version: '2.0' });
  });

  it('gives back any user that a packet can hold', () => {
    const names = fc
      .string({ unit: anyCharacter, minLength: 1, maxLength: 15 })
      .filter((name) => !name.includes('\0'));

    fc.assert(
      fc.property(names, (name) => {
        expect(parseFirstPacket(startupPacket({ user: name }))).toMatchObject({ user: name });
      }),
    );
  });

  it('never fails on bytes of any kind', () => {
    const bodies = fc.uint8Array({ maxLength: 64 }).map((body) => Buffer.from(body));

    fc.assert(
      fc.property(bodies, fc.nat(), (body, version) => {
        expect(() => parseFirstPacket(requestPacket(version, body))).not.toThrow();
        expect(() => parseFirstPacket(body)).not.toThrow();
      }),
    );
  });

  it.each([7, 10_001, 0xffffffff])('is not waited for when it claims %d bytes', async (length) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(length);
    const endless = new Readable({ read() {} });
    endless.push(head);

    expect(await readFirstPacket(endless)).toBeUndefined();
  });

  it('is put together from single bytes', async () => {
    const bytes = startupPacket({ user });

    const packet = await readFirstPacket(Readable.from(singly(bytes), { objectMode: false }));

    expect(packet).toMatchObject({ user });
  });

  it('is nothing when the client hangs up half-way', async () => {
    const half = startupPacket({ user }).subarray(0, 10);

    expect(await readFirstPacket(Readable.from([half], { objectMode: false }))).toBeUndefined();
  });
});

describe('a password message', () => {
  const read = (bytes: Buffer) => readPassword(Readable.from([bytes], { objectMode: false }));
  const overhead = 5;

  it('holds a token as it is', async () => {
    const token = `db.example.com:5432/?Action=connect&X-Amz-Signature=${'0f'.repeat(900)}`;

    expect(await read(passwordMessage(token))).toBe(token);
  });

  it('may be as long as PostgreSQL allows', async () => {
    const longest = 'x'.repeat(maxPasswordMessageBytes - overhead);

    expect(await read(passwordMessage(longest))).toHaveLength(longest.length);
  });

  it.each<[string, Buffer]>([
    ['one byte more', passwordMessage('x'.repeat(maxPasswordMessageBytes - overhead + 1))],
    ['a zero inside', passwordMessage('good\0bad')],
    ['no zero at the end', Buffer.from('p\0\0\0\x07abc', 'latin1')],
    ['nothing at all', Buffer.from('p\0\0\0\x04', 'latin1')],
    ['another type', Buffer.from('Q\0\0\0\x08abc\0', 'latin1')],
    ['bytes that are not UTF-8', Buffer.from('p\0\0\0\x06\xff\0', 'latin1')],
  ])('is unreadable with %s', async (_case, bytes) => {
    expect(await read(bytes)).toBeUndefined();
  });
});

describe('a fatal response', () => {
  it('counts its bytes, not its characters', () => {
    const response = fatalResponse('28000', 'kein Zugang für "ü"');

    expect(response.readUInt32BE(1)).toBe(response.length - 1);
  });
});

function* singly(bytes: Buffer): Generator<Buffer> {
  for (const byte of bytes) yield Buffer.from([byte]);
}
