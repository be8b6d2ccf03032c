import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { version } from '../../../../clients/node/version.ts';

it("the library's version is the package's", () => {
  expect(version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
});
