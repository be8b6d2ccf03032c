import { describe, expect, it } from 'vitest';
import { WriteError } from '../../../../clients/agent/write-error.ts';
import {
  ClientError,
  type ClientErrorReason,
} from '../../../../clients/api-client/client-error.ts';
import { usageError } from '../../../../clients/cli/cli-error.ts';
import { explainError } from '../../../../clients/cli/explain-error.ts';
import { FormatError } from '../../../../core/connection/format-error.ts';

const client = (reason: ClientErrorReason): Error => new ClientError(reason);

describe('the exit code', () => {
  it.each([
    [2, usageError('x')],
    [2, client('url-invalid')],
    [2, client('region-unknown')],
    [2, new FormatError('TUNNEL_UNSUPPORTED', 'via')],
    [3, client('identity-missing')],
    [3, client('identity-unreadable')],
    [3, client('credentials-missing')],
    [3, client('identity-late')],
    [3, client('container-credentials-late')],
    [4, client('unauthenticated')],
    [4, client('denied')],
    [5, client('unreachable')],
    [5, client('timeout')],
    [5, client('server-error')],
    [5, client('throttled')],
    [6, client('answer-unreadable')],
    [6, client('not-tokenvend')],
    [6, client('answer-inconsistent')],
    [7, new WriteError('file-unwritable', '/x', 'EROFS')],
  ])('is %i for %s', (code, error) => {
    expect(explainError(error)?.exitCode).toBe(code);
  });

  it('is nobody’s for a defect', () => {
    expect(explainError(new TypeError('x'))).toBeUndefined();
    expect(explainError('x')).toBeUndefined();
  });
});

it.each([
  [client('identity-malformed'), 'tokenvend doctor'],
  [client('identity-missing'), 'tokenvend login'],
  [client('credentials-unreadable'), 'aws sts get-caller-identity'],
  [client('region-unknown'), '--api-region'],
  [client('unreachable'), '--api-ca'],
  [new WriteError('not-a-folder', '/run/db/orders'), '/run/db/orders: '],
  [new WriteError('file-unwritable', '/x', 'EROFS'), 'EROFS'],
  [new FormatError('TUNNEL_UNSUPPORTED', 'via'), '--via'],
  [new FormatError('TUNNEL_UNSUPPORTED', 'via'), 'hosts file'],
])('what to do about %s is said in flags, verbs and paths', (error, naming) => {
  expect(explainError(error)?.text).toContain(naming);
});

const requestId = '0198a3b2-7c41-7d0e-9f3a-5b6c7d8e9f01';

it('a refusal with a hint is the hint and the request’s id, and nothing beside', () => {
  const error = new ClientError('denied', { code: 'DENIED', hint: 'choose-user', requestId });

  expect(explainError(error)?.text).toBe(
    `You have several users of this database: ask for database/user. Request id: ${requestId}.`,
  );
});

it('a refusal without a hint says where to look, and what the platform team needs', () => {
  const error = new ClientError('denied', { code: 'DENIED', requestId });

  expect(explainError(error)?.text).toBe(
    'The API refused this request. See `tokenvend databases` and `tokenvend whoami`. ' +
      `If you should have access, give the platform team this request id: ${requestId}.`,
  );
});

it('a refusal that is nobody’s of ours asks for the whole address, and names no request id', () => {
  const explained = explainError(new ClientError('denied', { status: 403 }));

  expect(explained?.exitCode).toBe(4);
  expect(explained?.text).toContain('with its stage (/api)');
  expect(explained?.text).not.toMatch(/request id|tokenvend whoami/);
});

it('the request’s id of another failure is named, and nobody sent to ask for access', () => {
  const text = explainError(new ClientError('unauthenticated', { requestId }))?.text;

  expect(text).toContain(`Request id: ${requestId}.`);
  expect(text).not.toContain('access');
});
