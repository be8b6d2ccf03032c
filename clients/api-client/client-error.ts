import type { ErrorCode } from '../../core/errors.ts';
import type { Hint } from '../../core/reasons.ts';

/** What a client can do about a failure. Closed; the command line has one exit code for each. */
export type ClientErrorKind =
  /** The settings or the request are wrong: trying again changes nothing. */
  | 'usage'
  /** Who is asking could not be read on this machine. */
  | 'identity'
  /** The API said no (401, 403), whether it knows who is asking or not. */
  | 'refused'
  | 'throttled'
  /** No address of the API gave an answer in time. */
  | 'unavailable'
  /** There was an answer, and it is not one to act upon. */
  | 'not-understood';

const causes = {
  'url-invalid': ['usage', 'An API address is not an https URL (http is for loopback only).'],
  'url-missing': ['usage', 'There is no API address: set TOKENVEND_API_URL.'],
  'setting-invalid': ['usage', 'A setting of the client is not valid.'],
  'proxy-invalid': ['usage', 'The proxy that https_proxy names is not an http or https URL.'],
  'proxy-unauthenticated': ['usage', 'The proxy asks for a user name and a password (407).'],
  'region-unknown': ['usage', "The API's Region is not in its address: set it explicitly."],
  'request-invalid': ['usage', 'The API does not understand the request. Compare versions.'],
  'identity-missing': ['identity', 'No identity was found on this machine.'],
  'github-job-without-identity': [
    'identity',
    'This job of GitHub Actions has no identity: give it `permissions: id-token: write`.',
  ],
  'gitlab-job-without-identity': [
    'identity',
    'This job of GitLab has no identity: declare `id_tokens: TOKENVEND_IDENTITY_TOKEN` with its `aud`.',
  ],
  'identity-unreadable': ['identity', 'The identity could not be read.'],
  'identity-malformed': ['identity', 'What was read as the identity is not a JWT.'],
  'identity-late': ['identity', 'What gives the identity did not answer in time.'],
  'identity-command-late': [
    'identity',
    'The command that prints the identity did not end in time.',
  ],
  'github-token-late': ['identity', 'The token endpoint of GitHub Actions did not answer in time.'],
  'session-ended': ['identity', 'Your session has ended: sign in again with tokenvend login.'],
  'session-not-renewed': [
    'identity',
    'Your session has to be renewed, and the sign-in provider does not answer. Try again later.',
  ],
  'credentials-missing': ['identity', 'There are no AWS credentials in the environment.'],
  'credentials-unreadable': ['identity', 'The AWS credentials could not be read.'],
  'credentials-late': ['identity', 'What gives the AWS credentials did not answer in time.'],
  'container-credentials-late': [
    'identity',
    "The container's endpoint for AWS credentials did not answer in time.",
  ],
  unauthenticated: ['refused', 'The API does not accept the identity. Check audience and expiry.'],
  denied: ['refused', 'The API refused this request.'],
  throttled: ['throttled', 'The API asks for fewer requests.'],
  unreachable: ['unavailable', 'The API could not be reached.'],
  timeout: ['unavailable', 'The API did not answer in time.'],
  'proxy-unreachable': ['unavailable', 'The proxy that https_proxy names could not be reached.'],
  'proxy-refused': ['unavailable', 'The proxy that https_proxy names does not connect.'],
  'server-error': ['unavailable', 'The API cannot answer at the moment.'],
  abandoned: ['unavailable', 'The call was abandoned.'],
  'gave-up-waiting': ['unavailable', 'The token did not come within the time there was for it.'],
  'not-tokenvend': [
    'not-understood',
    "What answers at the API's address is not tokenvend: is it complete, with its stage (/api)?",
  ],
  'unexpected-status': ['not-understood', 'The API answered with a status that it does not have.'],
  'answer-unreadable': ['not-understood', "The API's answer is not of the expected form."],
  'answer-too-large': ['not-understood', "The API's answer is larger than any should be."],
  'answer-inconsistent': ['not-understood', "The parts of the API's answer contradict each other."],
  'token-too-short-lived': ['not-understood', 'The token ends too soon to be handed out.'],
  'clock-skewed': [
    'not-understood',
    "By this machine's clock a new token has ended: set the clock.",
  ],
} as const satisfies Record<string, readonly [kind: ClientErrorKind, sentence: string]>;

/** Which failure it was. Closed, like everything that an error may say. */
export type ClientErrorReason = keyof typeof causes;

/** Facts beside the reason. They are taken from an answer only where they have a fixed form. */
export interface ClientErrorDetails {
  readonly status?: number | undefined;
  readonly code?: ErrorCode | undefined;
  /** What the caller may know about its own standing. */
  readonly hint?: Hint | undefined;
  /** A UUID: what to name when asking for help. */
  readonly requestId?: string | undefined;
  /** Whole seconds before which trying again is of no use. */
  readonly retryAfterSeconds?: number | undefined;
  /** With `setting-invalid`: which one, by its name and never its value. */
  readonly setting?: string | undefined;
  /**
   * With `identity-unreadable`, in place of its sentence: what was to be read, and what came of that. Of
   * names, system codes and exit codes; never the line of a command, which may hold a secret.
   */
  readonly seen?: string | undefined;
}

/**
 * The only error of the clients. It is built from constants, numbers and names, and has no `cause`:
 * bodies, tokens and JWTs reach logs through the errors that quote them.
 */
export class ClientError extends Error implements ClientErrorDetails {
  override readonly name = 'ClientError';
  readonly kind: ClientErrorKind;
  readonly reason: ClientErrorReason;
  readonly status: number | undefined;
  readonly code: ErrorCode | undefined;
  readonly hint: Hint | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly setting: string | undefined;
  readonly seen: string | undefined;

  constructor(reason: ClientErrorReason, details: ClientErrorDetails = {}) {
    const [kind, sentence] = causes[reason];
    const said = details.seen ?? sentence;
    super(details.setting === undefined ? said : `${details.setting}: ${said}`);
    this.kind = kind;
    this.reason = reason;
    this.status = details.status;
    this.code = details.code;
    this.hint = details.hint;
    this.requestId = details.requestId;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.setting = details.setting;
    this.seen = details.seen;
  }
}

/**
 * Whether the same attempt may succeed a little later. This holds for an API that is slow or away, and
 * for a slow source of identities, as while a machine starts.
 */
export function isPassing({ kind, reason }: Pick<ClientError, 'kind' | 'reason'>): boolean {
  return kind === 'unavailable' || kind === 'throttled' || lateSources.includes(reason);
}

/** Whether it was a proxy that kept us from whatever we wanted to ask. */
export function isOfProxy({ reason }: Pick<ClientError, 'reason'>): boolean {
  return reason.startsWith('proxy-');
}

const lateSources: readonly ClientErrorReason[] = [
  'identity-late',
  'identity-command-late',
  'github-token-late',
  'credentials-late',
  'container-credentials-late',
];

/**
 * Keeps a `ClientError`. Any other error is dropped with all that it may quote, and `otherwise` takes
 * its place.
 */
export function asClientError(error: unknown, otherwise: ClientErrorReason): ClientError {
  return error instanceof ClientError ? error : new ClientError(otherwise);
}
