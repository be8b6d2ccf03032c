import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { CliError } from '../cli-error.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';

const failures = {
  cancelled: [exitCodes.identity, 'The sign-in was cancelled, or the provider refused it.'],
  late: [exitCodes.identity, 'Nobody signed in within the time there was for it.'],
  'grant-ended': [exitCodes.identity, 'The provider does not know this sign-in any more.'],
  unreachable: [exitCodes.identity, 'The sign-in provider could not be reached.'],
  proxy: [
    exitCodes.identity,
    'The proxy does not connect to the sign-in provider: look at https_proxy and no_proxy.',
  ],
  'client-refused': [
    exitCodes.usage,
    'The provider does not allow what was asked of it. Compare its client with docs/login.md.',
  ],
  'not-understood': [
    exitCodes.notUnderstood,
    "The sign-in provider's answer is not one to act upon.",
  ],
  'no-token': [
    exitCodes.usage,
    'The provider gave no token of the kind asked for (--token-kind): see docs/login.md.',
  ],
  'not-for-us': [
    exitCodes.usage,
    'The access token is not a JWT for this API. Compare the provider with docs/login.md.',
  ],
} as const satisfies Record<string, readonly [ExitCode, string]>;

/** Why signing in, or staying signed in, did not work. Closed. */
export type SignInFailure = keyof typeof failures;

/** A failed sign-in. Has no cause: what providers answer, and openid-client's errors quote, holds tokens. */
export class SignInError extends CliError {
  readonly failure: SignInFailure;

  constructor(failure: SignInFailure) {
    const [exitCode, sentence] = failures[failure];
    super(exitCode, sentence);
    this.failure = failure;
  }
}

/**
 * Does something with a provider; whatever goes wrong is a `SignInError`, or the `CliError` that it was.
 */
export async function withProvider<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CliError ? error : new SignInError(failureOf(error));
  }
}

function failureOf(error: unknown): SignInFailure {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return byCode.get(error.error) ?? 'not-understood';
  }
  if (isAbandoned(error)) return 'late';
  if (isOfProxy(error)) return 'proxy';
  return isSilence(error) ? 'unreachable' : 'not-understood';
}

/** RFC 6749 sections 4.1.2.1 and 5.2, RFC 8628 section 3.5, RFC 8707 section 2. */
const byCode: ReadonlyMap<string, SignInFailure> = new Map([
  ['access_denied', 'cancelled'],
  ['expired_token', 'late'],
  ['invalid_grant', 'grant-ended'],
  ['server_error', 'unreachable'],
  ['temporarily_unavailable', 'unreachable'],
  ...[
    'invalid_request',
    'invalid_client',
    'unauthorized_client',
    'unsupported_response_type',
    'unsupported_grant_type',
    'invalid_scope',
    'invalid_target',
  ].map((code) => [code, 'client-refused'] as const),
]);

/** The signal that ends the wait was aborted: between two requests, or during one. */
function isAbandoned(error: unknown): boolean {
  if (!(error instanceof ClientError)) return false;
  const { code, cause } = error;
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT') return true;
  return cause instanceof Error && 'reason' in cause && cause.reason === 'abandoned';
}

function isOfProxy(error: unknown): boolean {
  if (!(error instanceof ClientError)) return false;
  const { cause } = error;
  return cause instanceof Error && 'reason' in cause && /^proxy-/.test(String(cause.reason));
}

/** No answer, or that of something in front of the provider: a status no provider uses here. */
function isSilence(error: unknown): boolean {
  if (!(error instanceof ClientError)) return false;
  const { cause } = error;
  if (cause instanceof Response) return cause.status >= 500 || cause.status === 429;
  return cause instanceof Error && 'kind' in cause && cause.kind === 'unavailable';
}
