import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const tree = z.record(z.string(), z.unknown());
const reference = z.object({ $ref: z.string() });

const media = z.object({
  schema: tree,
  examples: z.record(z.string(), z.looseObject({ value: z.unknown() })).default({}),
});

const answer = z.object({
  description: z.string(),
  headers: z.record(z.string(), reference).default({}),
  content: z.record(z.string(), media).default({}),
});

const operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  responses: z.record(z.string(), reference),
});

const document = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({
    securitySchemes: tree,
    parameters: z.record(
      z.string(),
      z.looseObject({ schema: tree, example: z.unknown().optional() }),
    ),
    headers: z.record(z.string(), z.looseObject({ schema: tree, example: z.unknown().optional() })),
    requestBodies: z.record(z.string(), z.looseObject({ content: z.record(z.string(), media) })),
    responses: z.record(z.string(), answer),
    schemas: z.record(z.string(), tree),
  }),
});

/** openapi.yaml as plain data, for tools that check it themselves. */
export const rawOpenapi = tree.parse(
  parse(readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8')),
);

/** openapi.yaml, in the shape that the tests rely on: answers are named and referred to. */
export const openapi = document.parse(rawOpenapi);

/** The last part of `#/components/…/Name`. */
export function nameIn({ $ref }: { readonly $ref: string }): string {
  return $ref.slice($ref.lastIndexOf('/') + 1);
}
