import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCertificateAuthority } from '../../local/pki.ts';
import { aConnectProxy } from '../builders/a-connect-proxy.ts';
import { anAnswer } from '../builders/answers.ts';
import { aClosedPort, json, portOf } from '../unit/clients/api-client/a-server.ts';
import { jwt } from '../unit/clients/api-client/an-api-client.ts';
import { aFolder, cli } from './support/cli-process.ts';

const host = 'tokens.example.com';
const api = { TOKENVEND_API_URL: `https://${host}`, TOKENVEND_WAIT: '0' };
const identified = { ...api, TOKENVEND_IDENTITY_TOKEN: jwt };

async function aTestFolder(): Promise<string> {
  const { path, remove } = await aFolder();
  onTestFinished(remove);
  return path;
}

/** Servers of these names behind one port, and the file of the CA that all of them have. */
async function serversOf(names: readonly string[]) {
  const authority = await createCertificateAuthority({
    commonName: 'test',
    clock: () => new Date(),
  });
  const { certificatePem: cert, privateKeyPem: key } = await authority.issueServer(names);
  const config = { version: '1', audience: 'https://a', signIn: null, region: 'eu-west-1' };
  const server = createServer({ cert, key }, ({ url = '' }, response) => {
    if (url === '/v1/config') json(response, 200, config);
    else if (url.startsWith('/oidc')) json(response, 200, { value: jwt });
    else json(response, 200, anAnswer());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const caFile = join(await aTestFolder(), 'ca.pem');
  await writeFile(caFile, authority.certificatePem);
  return { port: portOf(server.address()), caFile };
}

describe('tokenvend behind a proxy', () => {
  test.each(['https_proxy', 'HTTPS_PROXY'])('prints a token by way of %s', async (variable) => {
    const { port, caFile } = await serversOf([host]);
    const proxy = await aConnectProxy({ leadsTo: port });

    const { code, out } = await cli(['token', 'orders', '--api-ca', caFile], {
      ...identified,
      [variable]: `http://${proxy.address}`,
    });

    expect([code, out]).toEqual([0, anAnswer().token]);
    expect(proxy.asked).toMatchObject([{ authority: `${host}:443` }]);
  });

  test('goes to the token endpoint of GitHub Actions through it as well', async () => {
    const { port, caFile } = await serversOf([host, 'runner.example.com']);
    const proxy = await aConnectProxy({ leadsTo: port });

    const { code, err } = await cli(['token', 'orders', '--api-ca', caFile], {
      ...api,
      https_proxy: proxy.address,
      NODE_EXTRA_CA_CERTS: caFile,
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://runner.example.com/oidc?x=1',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner-token',
    });

    expect([code, err]).toEqual([0, '']);
    expect(proxy.asked.map(({ authority }) => authority)).toContain('runner.example.com:443');
  });

  test('lets the AWS credential chain ask STS through it', async () => {
    const tokenFile = join(await aTestFolder(), 'token');
    await writeFile(tokenFile, jwt);
    const proxy = await aConnectProxy({ refusesWith: 403 });

    const { code, err } = await cli(['whoami', '--auth', 'iam', '--api-region', 'eu-west-1'], {
      ...api,
      https_proxy: proxy.address,
      AWS_REGION: 'eu-west-1',
      AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/laptop',
      AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
      AWS_EC2_METADATA_DISABLED: 'true',
    });

    expect(proxy.asked[0]?.authority).toBe('sts.eu-west-1.amazonaws.com:443');
    expect([code, err]).toEqual([5, expect.stringContaining('proxy')]);
  });

  test('A21: is told by doctor which proxy is used, without its password', async () => {
    const { port, caFile } = await serversOf([host]);
    const proxy = await aConnectProxy({ leadsTo: port });

    const { out, err } = await cli(['doctor', 'orders', '--api-ca', caFile], {
      ...identified,
      https_proxy: `http://ana:PLANTED-password@${proxy.address}`,
    });

    expect(out).toContain(`http://${proxy.address}, for ${host}`);
    expect(out + err).not.toContain('PLANTED');
  });
});

describe('A21: a proxy that does not work is named, and its password is not', () => {
  const secret = 'PLANTED-password';
  const secrets = [jwt, secret, Buffer.from(`ana:${secret}`).toString('base64')];

  async function attempt(https_proxy: string) {
    const { code, out, err } = await cli(['whoami'], { ...identified, https_proxy });
    for (const one of secrets) expect(out + err).not.toContain(one);
    return { code, err };
  }

  test.each([
    [407, 2, 'The proxy asks for a user name and a password'],
    [403, 5, 'The proxy that https_proxy names does not connect'],
    [502, 5, 'The proxy that https_proxy names does not connect'],
  ])('where it answers %i, with exit code %i', async (refusesWith, exitCode, sentence) => {
    const proxy = await aConnectProxy({ refusesWith });

    const { code, err } = await attempt(`http://ana:${secret}@${proxy.address}`);

    expect(err).toContain(sentence);
    expect(code).toBe(exitCode);
  });

  test('where nobody listens', async () => {
    const { code, err } = await attempt((await aClosedPort()).replace('//', `//ana:${secret}@`));

    expect(err).toContain('The proxy that https_proxy names could not be reached');
    expect(code).toBe(5);
  });

  test.each(['socks5://proxy:1080', `http://ana:${secret}@proxy:port`])(
    'where %s is no proxy',
    async (https_proxy) => {
      const { code, err } = await attempt(https_proxy);

      expect(err).toContain('is not an http or https URL');
      expect(code).toBe(2);
    },
  );
});
