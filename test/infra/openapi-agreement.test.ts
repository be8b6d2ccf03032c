import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { env } from '../../core/connection/env.ts';
import { targetOf } from '../../core/connection/target.ts';
import { remainingSeconds } from '../../core/lifetime.ts';
import { parseToken } from '../../core/token.ts';
import type { VendAnswer } from '../../core/vend-answer.ts';
import { parseVendRequest } from '../../core/vend-request.ts';
import { tokenFormatOf } from '../../functions/tokens/format.ts';
import { anEvent } from '../builders/events.ts';
import { isTree } from './intrinsics.ts';
import { openapi } from './openapi-document.ts';
import { schemaAt } from './openapi-schemas.ts';

const describedAsValid = schemaAt('schemas', 'TokenRequest');

function isAccepted(body: unknown): boolean {
  try {
    parseVendRequest(JSON.stringify(body));
    return true;
  } catch {
    return false;
  }
}

const aName = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,10}$/);
const anyValue = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null), aName);

describe('the request that openapi.yaml describes', () => {
  it('is the request that the code accepts, whatever the body', () => {
    const body = fc.record(
      { database: anyValue, user: anyValue, team: anyValue, inlineCa: anyValue, fresh: anyValue },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(body, (value) => isAccepted(value) === describedAsValid(value)));
  });

  it('is accepted by the code, where it is complete and well-formed', () => {
    const body = fc.record(
      { database: aName, user: aName, team: aName, inlineCa: fc.boolean(), fresh: fc.boolean() },
      { requiredKeys: ['database'] },
    );
    fc.assert(fc.property(body, (value) => isAccepted(value) && describedAsValid(value) === true));
  });

  it.each(['roleArn', 'host', 'port', 'region', 'externalId', 'account', '__proto__'])(
    'A14: has no room for %s',
    (key) => {
      const body: unknown = JSON.parse(`{"database":"orders","${key}":"x"}`);

      expect(describedAsValid(body)).toBe(false);
      expect(isAccepted(body)).toBe(false);
    },
  );

  it.each(['a b', 'a*', 'a?', 'a$', 'a{b', 'a}b', 'a/b', 'a\nb', '', 'é'.repeat(129)])(
    'A16: treats the user %j as the code does: refuses it',
    (user) => {
      expect(describedAsValid({ database: 'orders', user })).toBe(false);
      expect(isAccepted({ database: 'orders', user })).toBe(false);
    },
  );
});

describe('the query that openapi.yaml shows', () => {
  const { Format, CaFile } = openapi.components.parameters;
  const shown = z.object({ example: z.string() });
  const format = [shown.parse(Format).example];
  const caFile = [shown.parse(CaFile).example];

  it('is one that is answered, when all of its examples are sent', () => {
    const event = anEvent({ query: { format, caFile } });

    expect(tokenFormatOf(event)).toEqual({ name: format[0], caFile: caFile[0] });
  });

  it('is described as refused without its format, and is', () => {
    expect(() => tokenFormatOf(anEvent({ query: { caFile } }))).toThrow('INVALID_REQUEST');
    expect(CaFile).toMatchObject({ description: expect.stringContaining('refused with 400') });
  });
});

describe('the token shown in openapi.yaml', () => {
  const examples = openapi.components.responses.Token?.content['application/json']?.examples;
  const shown = z
    .looseObject({
      token: z.string(),
      tokenLength: z.number(),
      issuedAt: z.coerce.date(),
      expiresAt: z.coerce.date(),
      expiresIn: z.number(),
      user: z.string(),
      database: z.looseObject({ host: z.string(), port: z.number(), region: z.string() }),
    })
    .parse(examples?.postgres?.value);

  it('is a token as RDS reads it, for the endpoint and the times beside it', () => {
    const { host, port, region } = shown.database;

    expect(parseToken(shown.token)).toMatchObject({
      host,
      port,
      region,
      user: shown.user,
      signedAt: shown.issuedAt,
      expiresInSeconds: 900,
    });
    expect(shown.tokenLength).toBe(shown.token.length);
    expect(shown.expiresIn).toBe(remainingSeconds(shown.expiresAt, shown.issuedAt));
  });

  it('is shown bare and as lines for a shell, as the code writes them', () => {
    const { token, env: lines } =
      openapi.components.responses.Token?.content['text/plain']?.examples ?? {};
    const answer = z.custom<VendAnswer>(isTree).parse(examples?.postgres?.value);

    expect(token?.value).toBe(shown.token);
    expect(lines?.value).toBe(env(targetOf(answer, { caFile: '/etc/ssl/rds/eu-west-1.pem' })));
  });
});
