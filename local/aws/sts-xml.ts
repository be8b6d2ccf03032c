import type { Principal, SessionKey } from './access-key.ts';
import type { StsError } from './sts-error.ts';

/** The names that a document of the query protocol consists of. */
type Element = readonly [name: string, content: string | number | readonly Element[]];

/** `AssumeRoleResponse`. Without `expiration` the answer is one that a client must not trust. */
export function assumeRoleXml(
  session: SessionKey,
  details: { readonly packedPolicySize?: number; readonly withExpiration: boolean },
  requestId: string,
): string {
  const { principal } = session;
  const { packedPolicySize } = details;
  return response('AssumeRole', requestId, [
    [
      'Credentials',
      [
        ['AccessKeyId', session.accessKeyId],
        ['SecretAccessKey', session.secretAccessKey],
        ['SessionToken', session.sessionToken],
        ...(details.withExpiration ? [['Expiration', instant(session.expiresAt)] as const] : []),
      ],
    ],
    [
      'AssumedRoleUser',
      [
        ['AssumedRoleId', principal.userId],
        ['Arn', principal.arn],
      ],
    ],
    ...(packedPolicySize === undefined ? [] : [['PackedPolicySize', packedPolicySize] as const]),
    ...(principal.sourceIdentity === undefined
      ? []
      : [['SourceIdentity', principal.sourceIdentity] as const]),
  ]);
}

/** `GetCallerIdentityResponse` */
export function callerIdentityXml(principal: Principal, requestId: string): string {
  return response('GetCallerIdentity', requestId, [
    ['Arn', principal.arn],
    ['UserId', principal.userId],
    ['Account', principal.account],
  ]);
}

/** The shape of every error in the query protocol. */
export function errorXml(error: StsError, requestId: string): string {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  return document('ErrorResponse', [
    [
      'Error',
      [
        ['Type', type],
        ['Code', error.code],
        ['Message', error.message],
      ],
    ],
    ['RequestId', requestId],
  ]);
}

/** Text as XML content. Covers quotes too, so that it is safe inside an attribute as well. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function response(action: string, requestId: string, result: readonly Element[]): string {
  return document(`${action}Response`, [
    [`${action}Result`, result],
    ['ResponseMetadata', [['RequestId', requestId]]],
  ]);
}

function document(name: string, content: readonly Element[]): string {
  const body = content.map(render).join('');
  return `<${name} xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${body}</${name}>\n`;
}

function render([name, content]: Element): string {
  const inner =
    typeof content === 'object' ? content.map(render).join('') : escapeXml(`${content}`);
  return `<${name}>${inner}</${name}>`;
}

/** STS tells instants without a fraction of a second. */
function instant(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
