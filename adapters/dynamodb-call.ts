import { SignatureV4 } from '@smithy/signature-v4';
import { parseJson } from '../core/json-text.ts';
import { isRecord } from '../core/registry/guards.ts';
import { Sha256 } from '../core/sha256.ts';
import { dynamodbEndpoint } from './dynamodb-endpoint.ts';
import { DynamodbFault, kindOfName } from './dynamodb-fault.ts';
import { createPost, type HttpAnswer } from './keep-alive-post.ts';
import { type Credentials, lambdaCredentials } from './lambda-credentials.ts';
import type { Environment } from './settings.ts';

/**
 * Makes one call of DynamoDB's JSON interface and gives back its answer, still to be checked.
 *
 * Rejects with `DynamodbFault`: `no-credentials`, `throttled`, `refused`, `table-missing`, `invalid`,
 * `unreachable`.
 */
export type DynamodbCall = (
  operation: 'GetItem' | 'BatchGetItem' | 'PutItem',
  input: unknown,
) => Promise<unknown>;

export interface CallSettings {
  readonly region: string;
  /** Says where DynamoDB is (`dynamodb-endpoint.ts`). */
  readonly env: Environment;
  readonly credentials: () => Promise<Credentials>;
  readonly clock: () => Date;
  /** For one try, connecting included. */
  readonly timeoutMs: number;
}

/** The first try and one more, at once: throttling that outlasts it is the caller's to report. */
const maxAttempts = 2;

/**
 * Three operations, signed with the signer that tokens are made with anyway. The SDK's client for DynamoDB
 * would be a fifth of the tokens function's bundle (decision 0012).
 *
 * @throws SettingsError for an endpoint that cannot be.
 */
export function createDynamodbCall(settings: CallSettings): DynamodbCall {
  const { env, region, credentials, clock, timeoutMs } = settings;
  const url = dynamodbEndpoint(env, region);
  const signer = new SignatureV4({ service: 'dynamodb', region, credentials, sha256: Sha256 });
  const post = createPost(url, timeoutMs, clock);

  return async (operation, input) => {
    const body = JSON.stringify(input);
    const sign = () => signer.sign(request(url, operation, body), { signingDate: clock() });
    for (let attempt = 1; ; attempt++) {
      const { headers } = await sign().catch(() => {
        throw new DynamodbFault('no-credentials');
      });
      const answer = await post(headers, body);
      if (answer?.status === 200) return parseJson(answer.body);
      const fault = faultOf(answer);
      const mayPass = fault.kind === 'throttled' || fault.kind === 'unreachable';
      if (!mayPass || attempt === maxAttempts) throw fault;
    }
  };
}

/** A function's timeout: clients give up after 3 s, and a first vend calls up to three times besides asking STS. */
const functionTimeoutMs = 500;

/** {@link createDynamodbCall} with the credentials of the function. */
export function functionCall(env: Environment, region: string, clock: () => Date): DynamodbCall {
  return createDynamodbCall({
    env,
    region,
    clock,
    timeoutMs: functionTimeoutMs,
    credentials: lambdaCredentials(env),
  });
}

const request = (url: URL, operation: string, body: string) => ({
  method: 'POST',
  protocol: url.protocol,
  hostname: url.hostname,
  path: '/',
  query: {},
  headers: {
    host: url.host,
    'content-type': 'application/x-amz-json-1.0',
    'content-length': String(Buffer.byteLength(body)),
    'x-amz-target': `DynamoDB_20120810.${operation}`,
  },
  body,
});

/** By the error's name; its message, which may quote the request, goes no further. */
function faultOf(answer: HttpAnswer | undefined): DynamodbFault {
  const body = answer === undefined ? undefined : parseJson(answer.body);
  const type = isRecord(body) && typeof body.__type === 'string' ? body.__type : '';
  return new DynamodbFault(kindOfName(type.slice(type.indexOf('#') + 1)));
}
