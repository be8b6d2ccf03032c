import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createDynamodbCall, functionCall } from '../../../adapters/dynamodb-call.ts';
import { aClock, startOfTest } from '../../builders/clock.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Seen {
  readonly socket: IncomingMessage['socket'];
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An endpoint on loopback that stands for DynamoDB, and the requests that it saw. */
async function endpoint(answer: (response: ServerResponse, at: number) => void) {
  const seen: Seen[] = [];
  const listening = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push({ socket: request.socket, headers: request.headers, body });
    answer(response, seen.length);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  return { seen, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` };
}

const callTo = (url: string, clock: () => Date = () => startOfTest) =>
  functionCall(
    {
      AWS_ENDPOINT_URL_DYNAMODB: url,
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'lambda-session',
    },
    'eu-west-1',
    clock,
  );

const failing = (name: string) => (response: ServerResponse) =>
  response
    .writeHead(400)
    .end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'no' }));

describe('a call to DynamoDB', () => {
  it('names its operation, and is signed with the credentials that Lambda gives', async () => {
    const { seen, url } = await endpoint((response) => response.end('{"Item":{}}'));

    const answer = await callTo(url)('GetItem', { TableName: 't' });

    expect(answer).toEqual({ Item: {} });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.body).toBe('{"TableName":"t"}');
    expect(seen[0]?.headers).toMatchObject({
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      'x-amz-security-token': 'lambda-session',
      authorization: expect.stringMatching(
        /Credential=ASIAEXAMPLE\/20260301\/eu-west-1\/dynamodb\/aws4_request.*x-amz-target/,
      ),
    });
  });

  it.each([
    ['ProvisionedThroughputExceededException', 'throttled', 2],
    ['ThrottlingException', 'throttled', 2],
    ['InternalServerError', 'unreachable', 2],
    ['AccessDeniedException', 'refused', 1],
    ['UnrecognizedClientException', 'refused', 1],
    ['ResourceNotFoundException', 'table-missing', 1],
    ['ValidationException', 'invalid', 1],
  ])('that is answered with %s fails as %s after %i tries', async (name, kind, tries) => {
    const { seen, url } = await endpoint(failing(name));

    await expect(callTo(url)('GetItem', {})).rejects.toMatchObject({ kind });

    expect(seen).toHaveLength(tries);
  });

  it('is not made where there are no credentials to sign it with', async () => {
    const { seen, url } = await endpoint((response) => response.end('{}'));
    const call = createDynamodbCall({
      env: { AWS_ENDPOINT_URL_DYNAMODB: url },
      region: 'eu-west-1',
      credentials: () => Promise.reject(new Error('no such profile')),
      clock: () => startOfTest,
      timeoutMs: 500,
    });

    await expect(call('GetItem', {})).rejects.toMatchObject({ kind: 'no-credentials' });

    expect(seen).toEqual([]);
  });

  it('succeeds when only its first try is throttled', async () => {
    const { url } = await endpoint((response, at) =>
      at === 1 ? failing('ThrottlingException')(response) : response.end('{}'),
    );

    expect(await callTo(url)('GetItem', {})).toEqual({});
  });

  it('A23: takes an answer that breaks off for none', async () => {
    const { url } = await endpoint((response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{}');
      setTimeout(() => response.destroy(), 10);
    });

    await expect(callTo(url)('GetItem', {})).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('gives up on an endpoint that hangs, within a client’s patience', async () => {
    const { seen, url } = await endpoint(() => undefined);
    const startedAt = performance.now();

    await expect(callTo(url)('GetItem', {})).rejects.toMatchObject({ kind: 'unreachable' });

    expect(performance.now() - startedAt).toBeLessThan(2_500);
    expect(seen).toHaveLength(2);
  });

  it.each([
    [15, 1],
    [16, 2],
    [-16, 2],
  ])('after a pause of %i s has used %i connections', async (pause, connections) => {
    const clock = aClock();
    const { seen, url } = await endpoint((response) => response.end('{}'));
    const call = callTo(url, clock);

    await call('GetItem', {});
    clock.advance(pause);
    await call('GetItem', {});

    expect(new Set(seen.map(({ socket }) => socket)).size).toBe(connections);
  });

  it('does not wait, after a freeze of the function, for a connection that died in silence', async () => {
    const clock = aClock();
    const { seen, url } = await endpoint((response, at) => {
      if (at === 1 || response.req.socket !== seen[0]?.socket) response.end('{}');
    });
    const call = callTo(url, clock);
    await call('GetItem', {});

    clock.advance(600);
    await call('GetItem', {});

    expect(seen).toHaveLength(2);
  });

  it('gives up on an endpoint that is not there', async () => {
    await expect(callTo('http://127.0.0.1:1')('GetItem', {})).rejects.toMatchObject({
      kind: 'unreachable',
    });
  });
});
