import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createAssumeRole } from '../../../adapters/assume-role.ts';
import { createStsClient } from '../../../adapters/sts-client.ts';
import { startOfTest } from '../../builders/clock.ts';
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

const assume = (endpoint: string) => {
  const sts = createStsClient({ ...credentials, AWS_ENDPOINT_URL_STS: endpoint }, 'eu-west-1');
  return createAssumeRole({ sts, clock: () => startOfTest })(aPlan());
};

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

  it('gives up on an STS that is not there', async () => {
    await expect(assume('http://127.0.0.1:1')).rejects.toMatchObject(unavailable);
  });
});
