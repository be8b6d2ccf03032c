import { createHash } from 'node:crypto';
import { tokenLifetimeSeconds } from '../../core/lifetime.ts';
import { namePattern } from '../../core/name.ts';
import type { Engine } from '../../core/registry/model.ts';
import { parseToken } from '../../core/token.ts';
import type { VendAnswer } from '../../core/vend-answer.ts';
import { ClientError } from './client-error.ts';
import { type Fields, parseFields } from './fields.ts';

/**
 * Reads the answer to a request for a token. What is missing or of a wrong type makes all of it
 * worthless: a client that guesses at a host or a lifetime fails later, and worse.
 *
 * @throws ClientError `answer-unreadable`; `answer-inconsistent` where the token is not for the host,
 *   port, Region and user beside it, or the CA not the one whose hash is given.
 */
export function parseAnswer(json: string): VendAnswer {
  const fields = parseFields(json);
  const answer: VendAnswer = {
    id: fields.text('id', visible),
    token: fields.text('token'),
    tokenLength: fields.integer('tokenLength', 1, 65_535),
    issuedAt: fields.instant('issuedAt'),
    expiresAt: fields.instant('expiresAt'),
    expiresIn: fields.integer('expiresIn', 0, tokenLifetimeSeconds),
    refreshAfter: fields.instant('refreshAfter'),
    team: fields.text('team', visible),
    user: fields.text('user', visible),
    database: databaseIn(fields.object('database')),
    tls: tlsIn(fields.object('tls')),
  };
  if (!isConsistent(answer)) throw new ClientError('answer-inconsistent');
  return answer;
}

const engines: readonly Engine[] = ['postgres', 'mysql', 'mariadb'];

/** How to reach a database. Shared by tokens and the list of databases. */
export function databaseIn(fields: Fields): VendAnswer['database'] {
  return {
    name: fields.text('name', visible),
    engine: fields.oneOf('engine', engines),
    host: fields.text('host', hostName),
    port: fields.integer('port', 1, 65_535),
    ...(fields.has('dbname') ? { dbname: fields.text('dbname') } : {}),
    region: fields.text('region', visible),
  };
}

function tlsIn(fields: Fields): VendAnswer['tls'] {
  const ca = fields.object('ca');
  return {
    mode: fields.oneOf('mode', ['verify-full']),
    serverName: fields.text('serverName', hostName),
    ca: {
      bundle: ca.text('bundle', namePattern),
      url: ca.text('url', visible),
      sha256: ca.text('sha256', /^[0-9a-f]{64}$/),
      ...(ca.has('pem') ? { pem: ca.text('pem') } : {}),
    },
  };
}

/** These end up in file names, configuration files and terminals. */
const visible = /^[^\s\p{Cc}]+$/u;
const hostName = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Connecting elsewhere than the token is for would hand it, valid, to somebody else. */
function isConsistent({ token, tokenLength, user, database, tls }: VendAnswer): boolean {
  const parts = parseToken(token);
  const { pem, sha256 } = tls.ca;
  return (
    parts?.host === database.host &&
    parts.port === database.port &&
    parts.region === database.region &&
    parts.user === user &&
    token.length === tokenLength &&
    tls.serverName === database.host &&
    (pem === undefined || sha256Hex(pem) === sha256)
  );
}

/** Lower-case hex of the text's UTF-8 bytes. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
