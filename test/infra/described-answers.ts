import type { APIGatewayProxyResult } from 'aws-lambda';
import { expect } from 'vitest';
import { nameIn, openapi } from './openapi-document.ts';
import { schemaAt } from './openapi-schemas.ts';

/** Holds an answer against what openapi.yaml says of its route: status, headers, type and body. */
export function expectDescribed(
  { statusCode, headers, body }: APIGatewayProxyResult,
  sample: string,
): void {
  const answer = openapi.components.responses[answerNameOf(sample, statusCode)];
  const type = String(headers?.['Content-Type'] ?? '').replace(/;.*$/, '');

  expect(Object.keys(answer?.content ?? {})).toEqual(
    type === '' ? [] : expect.arrayContaining([type]),
  );
  for (const [name, { $ref }] of Object.entries(answer?.headers ?? {})) {
    const check = schemaAt('headers', nameIn({ $ref }), 'schema');
    expect({ name, fits: check(headers?.[name]) }).toEqual({ name, fits: true });
  }
  if (type === '') return;
  const schema = ['responses', answerNameOf(sample, statusCode), 'content', type, 'schema'];
  const check = schemaAt(...schema);
  check(type.endsWith('json') ? JSON.parse(body) : body);
  expect(check.errors ?? []).toEqual([]);
}

const pathOfSample = {
  tokens: ['/v1/tokens', 'post'],
  databases: ['/v1/databases', 'get'],
  whoami: ['/v1/whoami', 'get'],
  ca: ['/v1/ca/{bundle}', 'get'],
  config: ['/v1/config', 'get'],
  health: ['/v1/health', 'get'],
} as const;

function answerNameOf(sample: string, status: number): string {
  const entry = Object.entries(pathOfSample).find(([start]) => sample.startsWith(start));
  const [path, method] = entry?.[1] ?? ['', ''];
  return nameIn(openapi.paths[path]?.[method]?.responses[String(status)] ?? { $ref: '' });
}
