import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { nameIn, openapi, rawOpenapi } from './openapi-document.ts';
import { schemaAt } from './openapi-schemas.ts';
import { answerName, kinds } from './problem-answers.ts';

const { components } = openapi;

const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    isPublic: operation.security.length === 0,
    responses: operation.responses,
  })),
);

describe('openapi.yaml', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();

    const { errors } = await validator.validate(structuredClone(rawOpenapi));

    expect(errors).toBeUndefined();
    expect(validator.version).toBe('3.1');
  });

  it.each(operations)('lists every problem that $name can end in', ({ responses, isPublic }) => {
    for (const [code, { status }] of kinds) {
      const listed = responses[String(status)];
      if (isPublic && code === 'UNAUTHENTICATED') expect(listed).toBeUndefined();
      else expect(listed && nameIn(listed)).toBe(answerName(code));
    }
  });

  it.each(operations)('names for $name only answers that it describes', ({ responses }) => {
    for (const response of Object.values(responses)) {
      expect(Object.keys(components.responses)).toContain(nameIn(response));
    }
  });
});

const examples = [
  ...Object.entries(components.responses).map(
    ([name, answer]) => ['responses', name, answer] as const,
  ),
  ...Object.entries(components.requestBodies).map(
    ([name, body]) => ['requestBodies', name, body] as const,
  ),
].flatMap(([section, name, { content }]) =>
  Object.entries(content).flatMap(([type, media]) =>
    Object.entries(media.examples).map(([title, { value }]) => ({
      title: `${name} ${type} ${title}`,
      schema: [section, name, 'content', type, 'schema'],
      value,
    })),
  ),
);

describe('the examples', () => {
  it.each(examples)('$title fits its schema', ({ schema, value }) => {
    const check = schemaAt(...schema);

    check(value);

    expect(check.errors ?? []).toEqual([]);
  });

  it.each(['parameters', 'headers'] as const)('of %s fit their schemas', (section) => {
    const withExamples = Object.entries(components[section]).filter(([, one]) => 'example' in one);

    expect(withExamples.length).toBeGreaterThan(0);
    for (const [name, { example }] of withExamples) {
      const check = schemaAt(section, name, 'schema');
      check(example);
      expect({ name, errors: check.errors ?? [] }).toEqual({ name, errors: [] });
    }
  });

  it('exist for every answer in JSON', () => {
    const withJson = Object.entries(components.responses).flatMap(([name, { content }]) =>
      Object.keys(content).some((type) => type.endsWith('json')) ? [name] : [],
    );

    for (const name of withJson) {
      expect(examples.some(({ title }) => title.startsWith(`${name} `))).toBe(true);
    }
  });
});
