import { nameIn, openapi } from '../../infra/openapi-document.ts';
import { schemaAt } from '../../infra/openapi-schemas.ts';
import type { HttpAnswer } from './http.ts';

/** Every answer that openapi.yaml describes, as in `POST /v1/tokens 200`. */
export const describedAnswers: readonly string[] = Object.entries(openapi.paths).flatMap(
  ([path, operations]) =>
    Object.entries(operations).flatMap(([method, { responses }]) =>
      Object.keys(responses).map((status) => `${method.toUpperCase()} ${path} ${status}`),
    ),
);

/** How an answer differs from what openapi.yaml says of its route; nothing, where it does not. */
export function differences(route: string, answer: HttpAnswer): readonly string[] {
  const [method = '', path = ''] = route.split(' ');
  const described = openapi.paths[path]?.[method.toLowerCase()]?.responses[String(answer.status)];
  if (described === undefined) return [`${route} has no answer ${answer.status}`];
  const name = nameIn(described);
  const { headers, content } = openapi.components.responses[name] ?? { headers: {}, content: {} };
  return [
    ...Object.entries(headers).flatMap(([header, reference]) =>
      headerDifferences(header, nameIn(reference), answer),
    ),
    ...bodyDifferences(name, Object.keys(content), answer),
    ...problemDifferences(answer),
  ];
}

function headerDifferences(header: string, name: string, answer: HttpAnswer): string[] {
  const text = answer.headers[header.toLowerCase()];
  const { type } = openapi.components.headers[name]?.schema ?? {};
  const value = type === 'integer' ? Number(text) : text;
  return schemaAt('headers', name, 'schema')(value) ? [] : [`${header} is ${text}`];
}

function bodyDifferences(
  name: string,
  types: readonly string[],
  { headers, text }: HttpAnswer,
): string[] {
  const type = String(headers['content-type'] ?? '').replace(/;.*$/, '');
  if (types.length === 0) return type === '' && text === '' ? [] : ['there is a body'];
  if (!types.includes(type)) return [`the type is ${type}`];
  const check = schemaAt('responses', name, 'content', type, 'schema');
  check(type.endsWith('json') ? JSON.parse(text) : text);
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What no schema says: a problem repeats its status and the id under which API Gateway knows it. */
function problemDifferences({ status, headers, text }: HttpAnswer): string[] {
  if (status < 400) return [];
  const problem = JSON.parse(text);
  return problem.status === status && problem.requestId === headers['x-amzn-requestid']
    ? []
    : ['the problem is about another answer'];
}
