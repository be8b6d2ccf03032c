import { readFile } from 'node:fs/promises';
import { isLoopback } from '../../core/loopback.ts';
import type { AwsCredentials, CredentialsProvider, Environment } from './aws-credentials.ts';
import { ClientError } from './client-error.ts';
import { createConnections } from './connections.ts';
import { startDeadline } from './deadline.ts';
import { type Answer, exchange } from './exchange.ts';
import { parseFields } from './fields.ts';
import { withinAttempt } from './waits.ts';

/** The endpoint is on the same machine: slower than this is broken. Milliseconds. */
const longestAnswerMs = 1_000;
const maxBodyBytes = 16 * 1024;

/**
 * The credentials of the endpoint that SnapStart, ECS and EKS Pod Identity name in the environment
 * (AWS SDKs Reference Guide, "Container credential provider"). Asked anew each time: the endpoint
 * itself knows when to renew them.
 *
 * Rejects with `ClientError` `credentials-missing`, `credentials-unreadable` or
 * `container-credentials-late`.
 */
export function containerCredentials(deps: {
  readonly env: Environment;
  readonly clock: () => Date;
  /** What one attempt at the API may take, the credentials included; milliseconds. */
  readonly attemptMs?: number | undefined;
}): CredentialsProvider {
  const connections = createConnections(deps);
  const timeoutMs = withinAttempt(longestAnswerMs, deps.attemptMs);
  return async () => {
    const url = endpointIn(deps.env);
    const headers = await authorizationIn(deps.env);
    const deadline = startDeadline({ timeoutMs, clock: deps.clock });
    try {
      const request = { method: 'GET', url, headers } as const;
      return credentialsIn(await exchange(connections, request, { deadline, maxBodyBytes }));
    } catch (error) {
      throw unlessLate(error);
    } finally {
      deadline.clear();
    }
  };
}

/**
 * The credentials could not be read, whatever the reason: the error must not sound like one of our API.
 */
function unlessLate(error: unknown): ClientError {
  const isLate = error instanceof ClientError && error.reason === 'timeout';
  return new ClientError(isLate ? 'container-credentials-late' : 'credentials-unreadable');
}

/** Amazon ECS, and EKS Pod Identity by IPv4 and IPv6. */
const agentHosts: readonly string[] = ['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]'];

/**
 * Only known hosts are asked: an attacker who controls the variable with the address must not be sent
 * the authorization token from another variable.
 */
function endpointIn(env: Environment): URL {
  const relative = env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  const text = relative
    ? `http://169.254.170.2${relative}`
    : env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  if (!text) throw new ClientError('credentials-missing');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isKnown = url !== undefined && (isLoopback(url) || agentHosts.includes(url.hostname));
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!isKnown || !isHttp) throw new ClientError('credentials-unreadable');
  return url;
}

async function authorizationIn(env: Environment): Promise<Record<string, string>> {
  const file = env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  const token = file ? await read(file) : env.AWS_CONTAINER_AUTHORIZATION_TOKEN;
  if (!token) return {};
  // A line break would begin a header of somebody else's choice.
  if (!/^[\x21-\x7e][\x20-\x7e]*$/.test(token)) throw new ClientError('credentials-unreadable');
  return { authorization: token };
}

async function read(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    throw new ClientError('credentials-unreadable');
  }
}

function credentialsIn({ status, body }: Answer): AwsCredentials {
  if (status !== 200) throw new ClientError('credentials-unreadable');
  const fields = parseFields(body);
  return {
    accessKeyId: fields.text('AccessKeyId'),
    secretAccessKey: fields.text('SecretAccessKey'),
    sessionToken: fields.text('Token'),
  };
}
