import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createAssumeRole } from '../../../adapters/assume-role.ts';
import { createStsClient } from '../../../adapters/sts-client.ts';
import { aClock, startOfTest } from '../../builders/clock.ts';
import { aPlan } from '../../builders/sessions.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** An endpoint on loopback that stands for STS, and the requests that it saw. */
async function endpoint(answer: (response: ServerResponse) => void) {
  const requests: IncomingMessage[] = [];
  const listening = createServer((request, response) => {
    requests.push(request);
    answer(response);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { requests, url: `http://127.0.0.1:${port}` };
}

const credentials = {
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'lambda-session',
};

const assumeOn = (endpoint: string, clock: () => Date = () => startOfTest) => {
  const env = { ...credentials, AWS_ENDPOINT_URL_STS: endpoint };
  const assumeRole = createAssumeRole({ sts: createStsClient(env, 'eu-west-1', clock), clock });
  return () => assumeRole(aPlan());
};

const assume = (endpoint: string) => assumeOn(endpoint)();

const unavailable = { code: 'UPSTREAM_UNAVAILABLE', reason: 'sts-unavailable' };

describe('the STS client', () => {
  it('signs with the credentials that Lambda gives, for its own Region', async () => {
    const { requests, url } = await endpoint((response) => response.writeHead(400).end());

    await assume(url).catch(() => undefined);

    const { headers } = requests[0] ?? {};
    expect(headers?.authorization).toMatch(/Credential=ASIAEXAMPLE\/\d{8}\/eu-west-1\/sts\//);
    expect(headers?.['x-amz-security-token']).toBe('lambda-session');
  });

  it('tries twice and no more', async () => {
    const { requests, url } = await endpoint((response) => response.writeHead(503).end());

    await expect(assume(url)).rejects.toMatchObject(unavailable);

    expect(requests).toHaveLength(2);
  });

  it('gives up on an STS that hangs, after two tries', async () => {
    const { requests, url } = await endpoint(() => undefined);
    const startedAt = performance.now();

    await expect(assume(url)).rejects.toMatchObject(unavailable);

    expect(performance.now() - startedAt).toBeLessThan(8_000);
    expect(requests).toHaveLength(2);
  });

  it('gives up on an answer that stops after its headers', async () => {
    const { requests, url } = await endpoint((response) =>
      response.writeHead(200, { 'content-length': '100' }).write('<AssumeRoleResponse>'),
    );

    await expect(assume(url)).rejects.toMatchObject(unavailable);

    expect(requests).toHaveLength(2);
  });

  it('gives up on an STS that is not there', async () => {
    await expect(assume('http://127.0.0.1:1')).rejects.toMatchObject(unavailable);
  });

  it.each([
    [15, 1],
    [16, 2],
    [-16, 2],
  ])('after a pause of %i s has used %i connections', async (pause, connections) => {
    const clock = aClock();
    const { requests, url } = await endpoint((response) => response.writeHead(400).end());
    const assumeAgain = assumeOn(url, clock);

    await assumeAgain().catch(() => undefined);
    clock.advance(pause);
    await assumeAgain().catch(() => undefined);

    expect(requests).toHaveLength(2);
    expect(new Set(requests.map(({ socket }) => socket)).size).toBe(connections);
  });

  it('does not wait, after a freeze of the function, for a connection that died in silence', async () => {
    const clock = aClock();
    const { requests, url } = await endpoint((response) => {
      if (response.req.socket === requests[0]?.socket && requests.length > 1) return;
      response.writeHead(400).end();
    });
    const assumeAgain = assumeOn(url, clock);
    await assumeAgain().catch(() => undefined);

    clock.advance(600);
    await assumeAgain().catch(() => undefined);

    expect(requests).toHaveLength(2);
  });
});
