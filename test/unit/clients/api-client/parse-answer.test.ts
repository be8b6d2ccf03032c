import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClientError } from '../../../../clients/api-client/client-error.ts';
import { parseAnswer } from '../../../../clients/api-client/parse-answer.ts';
import { anAnswer, aToken, host } from '../../../builders/answers.ts';

function reasonFor(answer: unknown): string {
  try {
    parseAnswer(typeof answer === 'string' ? answer : JSON.stringify(answer));
    return 'understood';
  } catch (error) {
    return error instanceof ClientError ? error.reason : `no ClientError: ${error}`;
  }
}

/** The paths of all fields, as `tls.ca.url`. */
function pathsIn(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([name, field]) => [
    `${prefix}${name}`,
    ...(typeof field === 'object' && field !== null ? pathsIn(field, `${prefix}${name}.`) : []),
  ]);
}

/** A copy of the answer in which the field at `path` is something else, or missing. */
function changed(path: string, value: unknown): unknown {
  const replace = (field: unknown, [name = '', ...rest]: string[]): unknown =>
    typeof field !== 'object' || field === null
      ? field
      : Object.fromEntries(
          Object.entries(field).map(([key, old]) => [
            key,
            key !== name ? old : rest.length === 0 ? value : replace(old, rest),
          ]),
        );
  return replace(anAnswer(), path.split('.'));
}

const { database, tls } = anAnswer();
const paths = pathsIn(anAnswer());

describe('parseAnswer', () => {
  test('reads an answer of the API', () => {
    expect(parseAnswer(JSON.stringify(anAnswer()))).toEqual(anAnswer());
  });

  test('ignores fields that it does not know', () => {
    const answer = { ...anAnswer(), later: 1, database: { ...database, shard: 'a' } };
    const json = JSON.stringify(answer).replace('{', '{"__proto__":{"token":"another"},');

    expect(parseAnswer(json)).toEqual(anAnswer());
  });

  test.each(paths.filter((path) => path !== 'database.dbname'))('needs %s', (path) => {
    expect(reasonFor(changed(path, undefined))).toBe('answer-unreadable');
  });

  test.each(paths)('takes nothing of another type for %s', (path) => {
    for (const value of [null, true, [], {}, path.match(/port|Length|In$/) ? '900' : 900]) {
      expect(reasonFor(changed(path, value))).toBe('answer-unreadable');
    }
  });

  test.each([
    ['database.port', 0],
    ['database.port', 65_536],
    ['database.port', 5432.5],
    ['database.engine', 'oracle'],
    ['database.host', 'orders.example.com\nhost=evil'],
    ['database.host', '-oProxyCommand=x'],
    ['tls.mode', 'require'],
    ['tls.ca.bundle', '../../etc/passwd'],
    ['tls.ca.sha256', 'A'.repeat(64)],
    ['expiresIn', -1],
    ['expiresIn', 901],
    ['expiresAt', 'tomorrow'],
    ['expiresAt', '2026-13-01T00:00:00Z'],
    ['refreshAfter', '2026-03-01T12:10:00+01:00'],
    ['id', 'a\u001b[31m'],
    ['user', ''],
  ])('refuses %s: %j', (path, value) => {
    expect(reasonFor(changed(path, value))).toBe('answer-unreadable');
  });

  test.each([
    ['host', { token: aToken({ host: 'evil.example.com' }) }],
    ['port', { token: aToken({ port: 5433 }) }],
    ['user', { token: aToken({ user: 'orders_admin' }) }],
    ['Region', { database: { ...database, region: 'eu-west-2' } }],
    ['server name', { tls: { ...tls, serverName: `x.${host}` } }],
    ['length', { tokenLength: 7 }],
    ['form', { token: 'PLANTED', tokenLength: 7 }],
    ['CA', { tls: { ...tls, ca: { ...tls.ca, pem: 'another' } } }],
  ])('A29: refuses a token that does not agree with its answer in the %s', (_what, parts) => {
    expect(reasonFor(anAnswer(parts))).toBe('answer-inconsistent');
  });

  test('takes the CA whose hash is given', () => {
    const pem = '-----BEGIN CERTIFICATE-----';
    const sha256 = createHash('sha256').update(pem).digest('hex');
    const answer = anAnswer({ tls: { ...tls, ca: { ...tls.ca, pem, sha256 } } });

    expect(parseAnswer(JSON.stringify(answer))).toEqual(answer);
  });

  test('A21: says of whatever it is given what it is, and nothing of what is in it', () => {
    const json = JSON.stringify(anAnswer());
    const cut = fc.integer({ min: 0, max: json.length - 1 }).map((end) => json.slice(0, end));

    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), cut), (text) => {
        expect(reasonFor(text)).toBe('answer-unreadable');
      }),
    );
  });
});
