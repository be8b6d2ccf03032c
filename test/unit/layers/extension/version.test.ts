import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { version } from '../../../../layers/extension/version.ts';

it("is the package's", () => {
  const manifest: { readonly version: string } = JSON.parse(readFileSync('package.json', 'utf8'));

  expect(version).toBe(manifest.version);
  for (const file of ['template.yaml', 'layers/template.yaml']) {
    expect(readFileSync(file, 'utf8')).toContain(`Description: tokenvend ${version} `);
  }
});
