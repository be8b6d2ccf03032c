import { expect, it } from 'vitest';
import { partsOf, startBareServer } from '../../../../bench/extension/bare-server-process.ts';
import { readOnce } from '../../../../bench/extension/http-reader.ts';

const answer = [
  'HTTP/1.1 200 OK',
  'content-type: application/json',
  'x-tokenvend-cache: hit',
  'content-length: 14',
  'Date: Sun, 01 Mar 2026 12:00:00 GMT',
  'Connection: keep-alive',
  'Keep-Alive: timeout=3600',
  '',
  '{"a":"b:\r\n\r\n"}',
].join('\r\n');

it('gives the same answer as the server that it is compared with', async () => {
  const bare = await startBareServer(answer);

  const repeated = await readOnce({ port: bare.port, path: '/v1/tokens', token: 'any' });
  await bare.close();

  expect(partsOf(repeated)).toEqual(partsOf(answer));
  expect(partsOf(repeated).body).toBe('{"a":"b:\r\n\r\n"}');
});
