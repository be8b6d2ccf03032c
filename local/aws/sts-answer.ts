import { assumeRole } from './assume-role.ts';
import type { CredentialStore } from './credentials.ts';
import type { Roles } from './roles.ts';
import { type SignedRequest, verifyRequest } from './sigv4.ts';
import type { StsCall } from './sts-calls.ts';
import { StsError, signatureError } from './sts-error.ts';
import type { StsFault } from './sts-faults.ts';
import { readAssumeRole, readQueryRequest } from './sts-request.ts';
import { assumeRoleXml, callerIdentityXml, errorXml } from './sts-xml.ts';

/** What the local STS runs on. */
export interface StsDependencies {
  /** The region of the endpoint: signatures for another one are refused. */
  readonly region: string;
  readonly credentials: CredentialStore;
  readonly roles: Roles;
  readonly clock: () => Date;
  /** Request ids. */
  readonly ids: () => string;
}

/** An answer before it is written to the socket. */
export interface StsAnswer {
  readonly status: number;
  readonly requestId: string;
  readonly body: string;
  /** For the call log. */
  readonly call: StsCall;
}

/** Answers one request: authenticated first, then read, then decided. Never throws. */
export function answerSts(
  sts: StsDependencies,
  request: SignedRequest,
  fault: StsFault | undefined,
): StsAnswer {
  const requestId = sts.ids();
  const text = Buffer.from(request.body).toString('utf8');
  const answer = (status: number, body: string, outcome: StsCall['outcome']) => ({
    status,
    requestId,
    body,
    call: { ...callFacts(text), outcome },
  });
  try {
    const body = resultXml(sts, request, text, { requestId, fault });
    return fault === undefined || fault.kind === 'slow'
      ? answer(200, body, 'ok')
      : answer(200, fault.kind === 'garbage' ? 'upstream hiccup' : body, 'faulted');
  } catch (error) {
    const known = error instanceof StsError ? error : internalFailure();
    return answer(known.status, errorXml(known, requestId), known.code);
  }
}

function resultXml(
  sts: StsDependencies,
  request: SignedRequest,
  text: string,
  { requestId, fault }: { readonly requestId: string; readonly fault: StsFault | undefined },
): string {
  if (fault?.kind === 'throttle') throw new StsError('Throttling', 'Rate exceeded');
  if (fault?.kind === 'error') throw internalFailure();
  const { region, credentials: keys } = sts;
  const verification = verifyRequest(request, { service: 'sts', region, keys, now: sts.clock() });
  if (!verification.ok) throw signatureError(verification.reason);

  const { action, parameters } = readQueryRequest(text);
  const { key } = verification;
  if (action === 'GetCallerIdentity') return callerIdentityXml(key.principal, requestId);
  if (action !== 'AssumeRole') throw new StsError('InvalidAction', 'Could not find the operation.');
  const wanted = readAssumeRole(parameters);
  const withExpiration = fault?.kind !== 'no-expiration';
  return assumeRoleXml(assumeRole(sts, key, wanted), { ...wanted, withExpiration }, requestId);
}

function internalFailure(): StsError {
  return new StsError('InternalFailure', 'The request could not be processed.');
}

/** Read without checks: a refused call belongs in the log too. */
function callFacts(text: string): Omit<StsCall, 'outcome'> {
  const form = new URLSearchParams(text);
  const [roleArn, roleSessionName, sourceIdentity] = [
    form.get('RoleArn'),
    form.get('RoleSessionName'),
    form.get('SourceIdentity'),
  ];
  return {
    action: form.get('Action') ?? '',
    ...(roleArn === null ? {} : { roleArn }),
    ...(roleSessionName === null ? {} : { roleSessionName }),
    ...(sourceIdentity === null ? {} : { sourceIdentity }),
  };
}
