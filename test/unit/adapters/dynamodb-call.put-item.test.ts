import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { functionCall } from '../../../adapters/dynamodb-call.ts';
import { startOfTest } from '../../builders/clock.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Seen {
  readonly headers: IncomingMessage['headers'];
  readonly url: string | undefined;
  readonly body: string;
}

/** An endpoint on loopback that stands for DynamoDB, and the requests that it saw. */
async function endpoint(answer: (response: ServerResponse, count: number) => void) {
  const seen: Seen[] = [];
  const listening = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    seen.push({
      headers: request.headers,
      url: request.url,
      body: Buffer.concat(chunks).toString(),
    });
    answer(response, seen.length);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { seen, url: `http://127.0.0.1:${port}` };
}

const environment = (url: string) => ({
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'lambda-session',
  AWS_ENDPOINT_URL_DYNAMODB: url,
});

const putItemAt = (url: string) => {
  const call = functionCall(environment(url), 'eu-west-1', () => startOfTest);
  return (input: unknown) => call('PutItem', input);
};

const item = { vendId: { S: 'vend-1' }, outcome: { S: 'vended' } };
const input = { TableName: 'audit', Item: item };
const ok = (response: ServerResponse) => response.writeHead(200).end('{}');

describe('PutItem', () => {
  it('says what the SDK says', async () => {
    const { seen, url } = await endpoint(ok);
    const sdk = new DynamoDBClient({
      region: 'eu-west-1',
      endpoint: url,
      credentials: {
        accessKeyId: 'ASIAEXAMPLE',
        secretAccessKey: 'secret',
        sessionToken: 'lambda-session',
      },
    });

    await putItemAt(url)(input);
    await sdk.send(new PutItemCommand({ TableName: 'audit', Item: item }));

    const [ours, theirs] = seen;
    expect(JSON.parse(ours?.body ?? '')).toEqual(JSON.parse(theirs?.body ?? ''));
    expect(ours?.url).toBe(theirs?.url);
    for (const name of ['content-type', 'x-amz-target', 'x-amz-security-token']) {
      expect(ours?.headers[name]).toBe(theirs?.headers[name]);
    }
    expect(ours?.headers.authorization).toMatch(
      /Credential=ASIAEXAMPLE\/20260301\/eu-west-1\/dynamodb\/aws4_request/,
    );
  });

  it('signs body and table operation along, so that neither can be exchanged on the way', async () => {
    const { seen, url } = await endpoint(ok);

    await putItemAt(url)(input);
    await putItemAt(url)({ ...input, TableName: 'other' });

    const [first, second] = seen.map(({ headers }) => headers.authorization ?? '');
    expect(first).toMatch(/SignedHeaders=[^,]*x-amz-target/);
    expect(first?.split('Signature=')[1]).not.toBe(second?.split('Signature=')[1]);
  });

  it('A22: resolves only after a whole answer of 200', async () => {
    const { url } = await endpoint((response) => {
      response.writeHead(200).write('{');
      response.destroy();
    });

    await expect(putItemAt(url)(input)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it.each([500, 503])('tries twice and no more after %d', async (status) => {
    const { seen, url } = await endpoint((response) => response.writeHead(status).end());

    await expect(putItemAt(url)(input)).rejects.toMatchObject({ kind: 'unreachable' });

    expect(seen).toHaveLength(2);
  });

  it('succeeds at the second try', async () => {
    const { seen, url } = await endpoint((response, count) =>
      response.writeHead(count === 1 ? 500 : 200).end('{}'),
    );

    await putItemAt(url)(input);

    expect(seen).toHaveLength(2);
  });

  it('gives up on a table that stays silent, within the time that a client waits', async () => {
    const { url } = await endpoint(() => undefined);
    const started = performance.now();

    await expect(putItemAt(url)(input)).rejects.toMatchObject({ kind: 'unreachable' });

    expect(performance.now() - started).toBeLessThan(2_500);
  });

  it('quotes nothing of what an endpoint says', async () => {
    const { url } = await endpoint((response) => response.writeHead(400).end('planted-secret'));

    const error: unknown = await putItemAt(url)(input).catch((one: unknown) => one);

    expect(error).not.toHaveProperty('cause');
    expect(String(error)).not.toContain('planted');
  });
});
