import { expect } from 'vitest';
import { identityOf, nightlyCredentials } from '../../../local/callers.ts';
import { region } from '../../../local/organization.ts';
import type { Stack } from '../../../local/stack.ts';
import type { ApiCase } from './api-cases.ts';
import { bearer, exchangeSigned } from './callers.ts';
import { differences } from './described-answers.ts';
import { exchange, type HttpAnswer, type HttpRequest, problemOf } from './http.ts';

/** How a caller proves who it is. */
export type ApiAuth = 'jwt' | 'iam' | 'none';

export interface ApiCheck {
  /** Sends a case's request, and expects its answer, which must be as openapi.yaml describes it. */
  expectAnswer(auth: ApiAuth, one: ApiCase, headers?: HttpRequest['headers']): Promise<HttpAnswer>;
  /** The answers so far, as in `POST /v1/tokens 200`. */
  readonly produced: ReadonlySet<string>;
}

/** Compares the answers of a running stack with their description. */
export function apiCheck(stack: Stack): ApiCheck {
  const produced = new Set<string>();
  return {
    produced,
    async expectAnswer(auth, one, headers = []) {
      const route = auth === 'iam' ? one.route.replace('/v1/', '/v1/iam/') : one.route;
      const [method = '', template = ''] = route.split(' ');
      const path = template.replace('{bundle}', region) + (one.query ?? '');
      const asked = { method, path, headers, body: one.body ?? '' };
      const answer = await ask(stack, auth, one, asked);
      produced.add(`${route} ${answer.status}`);
      expect(differences(route, answer)).toEqual([]);
      expectAsked(one, answer);
      return answer;
    },
  };
}

function expectAsked({ status, hint, type }: ApiCase, answer: HttpAnswer): void {
  expect(answer.status).toBe(status);
  if (hint !== undefined || status === 403) expect(problemOf(answer).hint).toBe(hint);
  if (type !== undefined) expect(answer.headers['content-type']).toContain(type);
}

async function ask(
  stack: Stack,
  auth: ApiAuth,
  { as = 'caller' }: ApiCase,
  asked: HttpRequest,
): Promise<HttpAnswer> {
  if (auth === 'none' || as === 'nobody') return exchange(stack.apiUrl, asked);
  if (auth === 'jwt') {
    const jwt =
      as === 'stranger' ? await strangersJwt(stack) : await identityOf(stack, 'orders-pod');
    return exchange(stack.apiUrl, {
      ...asked,
      headers: [...bearer(jwt), ...(asked.headers ?? [])],
    });
  }
  const key = as === 'stranger' ? strangersKey(stack) : nightlyCredentials(stack);
  return exchangeSigned(stack, key, asked);
}

function strangersJwt({ issuers, audience }: Stack): Promise<string> {
  const claims = { sub: 'system:serviceaccount:default:default', aud: [audience] };
  return issuers.kubernetes.issue(claims, { expiresInSeconds: 600 });
}

function strangersKey({ credentials }: Stack) {
  const role = { arn: 'arn:aws:iam::444455556666:role/stranger', roleId: 'AROASTRANGERSTRANGER' };
  return credentials.issueSession({ role, sessionName: 'run', durationSeconds: 900 });
}
