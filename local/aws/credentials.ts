import type { AccessKey, KnownKeys, Principal, SessionKey, UserKey } from './access-key.ts';
import type { Policy } from './iam-document.ts';

/** An IAM user to make a key for. */
export interface UserRequest {
  readonly account: string;
  readonly name: string;
  readonly policies: readonly Policy[];
}

/** A session that has been granted: nothing is decided any more. */
export interface SessionRequest {
  readonly role: { readonly arn: string; readonly roleId: string };
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly sourceIdentity?: string;
  readonly sessionPolicy?: Policy;
}

/** Issues access keys, and finds them again. */
export interface CredentialStore extends KnownKeys {
  issueUserKey(request: UserRequest): UserKey;
  /** Also how Lambda would hand a function its role's credentials. */
  issueSession(request: SessionRequest): SessionKey;
}

/** Time and randomness, so that tests see the same keys each time. */
export interface CredentialSources {
  readonly clock: () => Date;
  /** `size` random bytes. */
  readonly random: (size: number) => Uint8Array;
}

/** All access keys of the local AWS. Sessions are forgotten an hour after their end. */
export function credentialStore({ clock, random }: CredentialSources): CredentialStore {
  const keys = new Map<string, AccessKey>();
  const keep = <T extends AccessKey>(key: T): T => {
    keys.set(key.accessKeyId, key);
    return key;
  };
  return {
    find: (accessKeyId) => keys.get(accessKeyId),
    issueUserKey: (request) =>
      keep({
        kind: 'user',
        accessKeyId: uniqueId('AKIA', random),
        secretAccessKey: base64(random(secretBytes)),
        principal: userPrincipal(request, uniqueId('AIDA', random)),
        policies: request.policies,
      }),
    issueSession: (request) => {
      forgetEnded(keys, clock());
      return keep(newSession(request, clock(), random));
    },
  };
}

/** 30 bytes are the 40 characters of every secret access key. */
const secretBytes = 30;

/** How long an ended session is still told apart from one that never was. */
const rememberEndedMs = 3_600_000;

function forgetEnded(keys: Map<string, AccessKey>, now: Date): void {
  for (const key of keys.values()) {
    const ended = key.kind === 'session' && now.getTime() - key.expiresAt.getTime();
    if (ended !== false && ended > rememberEndedMs) keys.delete(key.accessKeyId);
  }
}

function newSession(
  request: SessionRequest,
  now: Date,
  random: CredentialSources['random'],
): SessionKey {
  // STS tells instants in whole seconds.
  const issuedAt = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const { sessionPolicy } = request;
  return {
    kind: 'session',
    accessKeyId: uniqueId('ASIA', random),
    secretAccessKey: base64(random(secretBytes)),
    sessionToken: newSessionToken(random),
    principal: sessionPrincipal(request),
    ...(sessionPolicy === undefined ? {} : { sessionPolicy }),
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + request.durationSeconds * 1000),
  };
}

function userPrincipal({ account, name }: UserRequest, userId: string): Principal {
  const arn = `arn:aws:iam::${account}:user/${name}`;
  return { account, arn, userId, principalArn: arn };
}

function sessionPrincipal({ role, sessionName, sourceIdentity }: SessionRequest): Principal {
  const [, partition = '', , , account = ''] = role.arn.split(':');
  const roleName = role.arn.slice(role.arn.lastIndexOf('/') + 1);
  return {
    account,
    arn: `arn:${partition}:sts::${account}:assumed-role/${roleName}/${sessionName}`,
    userId: `${role.roleId}:${sessionName}`,
    principalArn: role.arn,
    roleName,
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  };
}

/** The alphabet and the length that AWS's unique ids have after their prefix of four. */
const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const idLength = 16;

function uniqueId(prefix: 'AKIA' | 'AIDA' | 'ASIA', random: CredentialSources['random']): string {
  const characters = Array.from(random(idLength), (byte) => idAlphabet[byte % idAlphabet.length]);
  return prefix + characters.join('');
}

/**
 * 604 to 1,200 characters, as real session tokens have. The byte count is one more than a multiple of
 * three, so that each ends in `==`: padding, `+` and `/` are what a careless transport mangles.
 */
function newSessionToken(random: CredentialSources['random']): string {
  const [length = 0] = random(1);
  return base64(random(451 + 3 * (length % 150)));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
