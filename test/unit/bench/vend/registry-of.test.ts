import { describe, expect, it } from 'vitest';
import { openDatabases, registryOf } from '../../../../bench/vend/registry-of.ts';
import { parseDocument } from '../../../../core/registry/document.ts';

describe('registryOf', () => {
  it('is a registry that a function accepts', () => {
    const registry = registryOf(250);

    expect(parseDocument(JSON.stringify(registry))).toEqual(registry);
  });

  it('has as many databases as asked for, and a team for every hundred', () => {
    const { databases, members } = registryOf(250);

    expect(databases).toHaveLength(250);
    expect(members).toHaveLength(3);
  });
});

describe('openDatabases', () => {
  it("are the first team's, spread over the registry", () => {
    expect(openDatabases(registryOf(250), 3)).toEqual(['db-0', 'db-3', 'db-6']);
  });
});
