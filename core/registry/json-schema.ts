import * as z from 'zod';
import { registrySchema } from './schema.ts';

/**
 * The JSON Schema (draft 2020-12) of one registry file, for editors: a line
 * `# yaml-language-server: $schema=…` at the top of a file turns on completion and checks.
 */
export function registryJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(registrySchema, { io: 'input' }) };
}

/** As `registry schema` prints it; `registry.schema.json` is that, with Biome's line breaks. */
export const registryJsonSchemaText = (): string =>
  `${JSON.stringify(registryJsonSchema(), undefined, 2)}\n`;
