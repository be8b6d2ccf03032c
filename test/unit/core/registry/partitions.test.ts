import { describe, expect, it } from 'vitest';
import { dnsSuffixOf } from '../../../../core/registry/partitions.ts';

describe('the DNS suffix of a Region', () => {
  it.each([
    ['eu-west-1', 'amazonaws.com'],
    ['us-gov-west-1', 'amazonaws.com'],
    ['cn-north-1', 'amazonaws.com.cn'],
    ['eusc-de-east-1', 'amazonaws.eu'],
    ['nowhere', undefined],
  ])('of %s is %s', (region, suffix) => {
    expect(dnsSuffixOf(region)).toBe(suffix);
  });
});
