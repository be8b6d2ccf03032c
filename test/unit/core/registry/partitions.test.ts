import { describe, expect, it } from 'vitest';
import { dnsSuffixes, dnsSuffixOf, partitionOf } from '../../../../core/registry/partitions.ts';

const regions = [
  ['eu-west-1', 'aws', 'amazonaws.com'],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
] as const;

describe('a Region', () => {
  it.each(regions)('%s is in %s, and its hosts end in %s', (region, partition, suffix) => {
    expect(partitionOf(region)).toBe(partition);
    expect(partitionOf(`${region}2`)).toBe(partition);
    expect(dnsSuffixOf(region)).toBe(suffix);
  });

  it.each(regions)('%s is written in full, and nothing beside it', (region) => {
    expect(partitionOf(`x-${region}`)).toBeUndefined();
    expect(partitionOf(`${region}a`)).toBeUndefined();
    expect(dnsSuffixOf(`${region}a`)).toBeUndefined();
  });
});

describe('the DNS suffixes', () => {
  it('are there once each, and none before one that ends in it', () => {
    expect(dnsSuffixes).toHaveLength(new Set(regions.map(([, , suffix]) => suffix)).size);
    expect(dnsSuffixes.map(({ length }) => length)).toEqual(
      dnsSuffixes.map(({ length }) => length).toSorted((one, other) => other - one),
    );
  });
});
