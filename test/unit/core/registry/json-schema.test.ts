import { globSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  registryJsonSchema,
  registryJsonSchemaText,
} from '../../../../core/registry/json-schema.ts';
import { loadRegistry } from '../../../../core/registry/load.ts';
import { aRegistryFile } from '../../../builders/registry-files.ts';

const root = new URL('../../../../', import.meta.url);
const committed: unknown = JSON.parse(readFileSync(new URL('registry.schema.json', root), 'utf8'));
const validate = formats.default(new Ajv2020({ strict: true })).compile(registryJsonSchema());

/** Fixtures of `registry test` lie beside the registry and are no part of it. */
const exampleFiles = globSync('examples/registry/**/*.yaml', { cwd: root })
  .filter((file) => !file.endsWith('.test.yaml'))
  .sort()
  .map((file) => ({ file, text: readFileSync(new URL(file, root), 'utf8') }));

describe('the JSON Schema', () => {
  it('in the repository is the current one: npx tokenvend registry schema > registry.schema.json', () => {
    expect(registryJsonSchema()).toEqual(committed);
  });

  it('is printed in lines, of which the last one ends as well', () => {
    const text = registryJsonSchemaText();

    expect(JSON.parse(text)).toEqual(registryJsonSchema());
    expect(text).toMatch(/^{\n {2}"\S.*\n}\n$/s);
  });

  it.each(exampleFiles)('accepts $file', ({ text }) => {
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  it('refuses what the loader refuses for its shape', () => {
    const { text } = aRegistryFile({ databases: { orders: { colour: 'red' } } });

    expect(validate(parse(text))).toBe(false);
  });
});

describe('the example registry', () => {
  it('loads without a problem, warnings included', () => {
    expect(exampleFiles.length).toBeGreaterThan(3);
    expect(loadRegistry(exampleFiles)).toMatchObject({ ok: true, warnings: [] });
  });
});
