import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aCaller } from '../../builders/callers.ts';
import { passedOn, signedByNightly } from '../../builders/events.ts';
import { bodyOf, tokensFunction } from '../../builders/handlers.ts';
import { recordOutput } from '../../builders/output.ts';
import { aRegistry } from '../../builders/ports.ts';
import { aDatabase, aGrant, anIamMember, aSlice, aUser } from '../../builders/registry.ts';
import { anIssuedToken } from '../../builders/sessions.ts';

let output: ReturnType<typeof recordOutput>;

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'tokenvend');
  output = recordOutput();
});
afterEach(() => output.stop());

describe('POST /v1/tokens', () => {
  it('answers with a token that no cache may keep', async () => {
    const answer = await tokensFunction()();

    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    });
    expect(bodyOf(answer)).toMatchObject({
      id: 'vend-1',
      token: anIssuedToken().token,
      tls: {
        ca: { url: 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/live/v1/ca/eu-west-1' },
      },
    });
  });

  it('names the CA under the address that the deployment fixes', async () => {
    const answer = await tokensFunction({ publicUrl: 'https://tokens.example.com' })();

    expect(bodyOf(answer)).toMatchObject({
      tls: { ca: { url: 'https://tokens.example.com/v1/ca/eu-west-1' } },
    });
  });

  it('serves an IAM caller on its own route', async () => {
    const send = tokensFunction({ registry: aRegistry(aSlice({ members: [anIamMember()] })) });

    const answer = await send({
      resource: '/v1/iam/tokens',
      authorizer: null,
      iam: signedByNightly,
    });

    expect(answer.statusCode).toBe(200);
  });

  it('reads a body that API Gateway encoded', async () => {
    const body = Buffer.from('{"database":"orders"}').toString('base64');

    const answer = await tokensFunction()({ body, isBase64Encoded: true });

    expect(answer.statusCode).toBe(200);
  });

  it('A14: answers for what is unknown and for what is forbidden with the same bytes', async () => {
    const theirs = aDatabase({ users: [aUser({ grants: [aGrant({ team: 'hr' })] })] });
    const forbidden = tokensFunction({ registry: aRegistry(aSlice({ database: theirs })) });
    const unknown = tokensFunction({ registry: aRegistry(aSlice({ database: undefined })) });

    const answers = await Promise.all([forbidden(), unknown()]);

    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ statusCode: 403 });
  });

  it('tells a caller about its own standing only', async () => {
    const answer = await tokensFunction()({
      authorizer: passedOn(aCaller({ subject: 'stranger' })),
    });

    expect(bodyOf(answer)).toMatchObject({ code: 'DENIED', hint: 'no-team', retryable: false });
  });
});

describe('?format=', () => {
  it('token answers with the bare token', async () => {
    const answer = await tokensFunction()({ query: { format: ['token'] } });

    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
      body: anIssuedToken().token,
    });
  });

  it('env answers with lines for a shell, which name the CA file', async () => {
    const answer = await tokensFunction()({ query: { format: ['env'], caFile: ['/etc/ca.pem'] } });

    expect(answer.statusCode).toBe(200);
    expect(answer.body).toMatch(/^export PG/m);
    expect(answer.body).toContain('/etc/ca.pem');
  });

  it.each([
    ['another format', { format: ['url'] }],
    ['an empty format', { format: [''] }],
    ['a format of another case', { format: ['JSON'] }],
    ['two formats', { format: ['json', 'token'] }],
    ['an unknown parameter', { user: ['x'] }],
    ['a CA file for a format without one', { format: ['json'], caFile: ['/ca.pem'] }],
    ['a relative CA file', { format: ['env'], caFile: ['ca.pem'] }],
    ['a CA file over two lines', { format: ['env'], caFile: ['/ca\nexport PATH=/evil'] }],
    ['an endless CA file', { format: ['env'], caFile: [`/${'a'.repeat(4095)}`] }],
  ])('refuses %s, before anything is vended', async (_, query) => {
    let sessions = 0;
    const send = tokensFunction({
      sessions: {
        obtain: async () => {
          sessions += 1;
          throw new Error('not to be reached');
        },
      },
    });

    const answer = await send({ query });

    expect(bodyOf(answer)).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(sessions).toBe(0);
  });
});
