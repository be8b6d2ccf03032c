import { describe, expect, it } from 'vitest';
import { readYamlFile } from '../../../../core/registry/yaml-file.ts';

describe('a registry file', () => {
  it.each(['[', '{a: ', '- ', '? '])('is refused, not crashed on, for depth made of %s', (part) => {
    const file = readYamlFile({ file: 'a.yaml', text: part.repeat(10_000) });

    expect(file.value).toBeUndefined();
    expect(file.problems.length).toBeGreaterThan(0);
  });
});
