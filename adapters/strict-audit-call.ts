import type { IncomingMessage } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { dnsSuffixOf } from '../core/registry/partitions.ts';
import type { Environment } from './settings.ts';
import { Sha256 } from './strict-audit-sha256.ts';

/**
 * A vend waits for its record, and its client waits 3 s in all, of which STS may have taken two. DynamoDB
 * answers in single milliseconds, after one TLS handshake; what takes longer than this is not coming.
 */
const attemptTimeoutMs = 600;

/** The first try, and one more for a connection that died while the environment was frozen. */
const maxAttempts = 2;

/**
 * PutItem of DynamoDB, and nothing else of it: its SDK client would add 60 KB to the bundle that every
 * cold start of the tokens function reads. The signature is the SDK's own. Signs with the credentials
 * that Lambda puts into the environment; `AWS_ENDPOINT_URL_DYNAMODB` names another endpoint.
 *
 * Rejects unless DynamoDB answers 200, with nothing in the error.
 */
export function createPutItem(
  env: Environment,
  region: string,
  deps: { readonly clock: () => Date },
): (body: string) => Promise<void> {
  const url = new URL(endpointOf(env, region));
  const send = senderTo(url);
  const signer = new SignatureV4({
    service: 'dynamodb',
    region,
    credentials: credentialsOf(env),
    sha256: Sha256,
  });

  const attempt = async (body: string): Promise<void> => {
    const unsigned = { ...requestTo(url), body };
    const { headers } = await signer.sign(unsigned, { signingDate: deps.clock() });
    const status = await send(headers, body);
    if (status !== 200) throw new Error('not written');
  };

  return async (body) => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await attempt(body);
      } catch {
        if (tried === maxAttempts) throw new Error('not written');
      }
    }
  };
}

function endpointOf(env: Environment, region: string): string {
  return (
    env.AWS_ENDPOINT_URL_DYNAMODB ??
    `https://dynamodb.${region}.${dnsSuffixOf(region) ?? 'amazonaws.com'}`
  );
}

function credentialsOf(env: Environment) {
  return {
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    ...(env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: env.AWS_SESSION_TOKEN }),
  };
}

function requestTo(url: URL) {
  return {
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.PutItem',
    },
  };
}

type Headers = Readonly<Record<string, string>>;

/**
 * Over a kept connection, and not by fetch. Node's modules are loaded when a table is configured: an
 * import of node:http evaluates all of it, fetch included (20 ms of a cold start).
 */
function senderTo(url: URL): (headers: Headers, body: string) => Promise<number> {
  const { Agent, request } =
    url.protocol === 'http:'
      ? process.getBuiltinModule('node:http')
      : process.getBuiltinModule('node:https');
  const agent = new Agent({ keepAlive: true });
  return (headers, body) =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(attemptTimeoutMs);
      const onAnswer = (answer: IncomingMessage): void => {
        answer.on('error', reject).on('end', () => resolve(answer.statusCode ?? 0));
        answer.resume();
      };
      const options = { method: 'POST', headers, agent, signal };
      request(url, options, onAnswer).on('error', reject).end(body);
    });
}
