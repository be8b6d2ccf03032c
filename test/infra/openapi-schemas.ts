import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { rawOpenapi } from './openapi-document.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(rawOpenapi, 'openapi');

/** A check against the schema that the keys lead to, from `components` down. */
export function schemaAt(...keys: readonly string[]): ValidateFunction {
  const pointer = ['components', ...keys]
    .map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'))
    .map(encodeURIComponent)
    .join('/');
  return ajv.compile({ $ref: `openapi#/${pointer}` });
}
