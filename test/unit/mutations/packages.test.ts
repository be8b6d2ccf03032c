import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageCalled, packageNames } from '../../mutations/packages.ts';

/** Without what a pattern takes away again: entry points, which only wire up. */
function mutatedBy(name: string): string[] {
  const { mutate } = packageCalled(name);
  const left = new Set(globSync(mutate.filter((pattern) => !pattern.startsWith('!'))));
  const without = globSync(
    mutate.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)),
  );
  for (const file of without) left.delete(file);
  return [...left];
}

const mutated = packageNames.flatMap(mutatedBy);

describe('the packages of mutants', () => {
  it('have every file of core/ and of the middleware between them', () => {
    const files = globSync(['core/**/*.ts', 'functions/middleware/*.ts']);

    expect(files.length).toBeGreaterThan(90);
    expect(files.filter((file) => !mutated.includes(file))).toEqual([]);
  });

  it('share no file', () => {
    expect(mutated.filter((file, at) => mutated.indexOf(file) !== at)).toEqual([]);
  });

  it.each(packageNames)('have tests for %s', (name) => {
    expect(globSync([...packageCalled(name).tests])).not.toEqual([]);
  });

  it('are known by their names alone', () => {
    expect(() => packageCalled('cores')).toThrow('Name one of core, checks');
  });
});
