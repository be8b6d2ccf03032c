import { describe, expect, it } from 'vitest';
import { globalRegions, officialUrls, sourceBundles } from '../../../certificates/regions.ts';

describe('officialUrls', () => {
  it.each([
    ['eu-west-1', 'https://truststore.pki.rds.amazonaws.com/eu-west-1/eu-west-1-bundle.pem'],
    [
      'us-gov-east-1',
      'https://truststore.pki.us-gov-west-1.rds.amazonaws.com/us-gov-east-1/us-gov-east-1-bundle.pem',
    ],
    [
      'cn-northwest-1',
      'https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/cn-northwest-1/cn-northwest-1-bundle.pem',
    ],
  ])('takes %s from the truststore of its partition', (region, url) => {
    expect(officialUrls(region).map(String)).toEqual([url]);
  });

  it('takes each root of Amazon Trust Services from their repository', () => {
    expect(officialUrls('amazon-roots').map(String)).toContain(
      'https://www.amazontrust.com/repository/AmazonRootCA1.pem',
    );
    expect(officialUrls('amazon-roots')).toHaveLength(5);
  });

  it.each(['eusc-de-east-1', 'us-iso-east-1', 'global', 'atlantis-1'])(
    'knows no address for %s',
    (name) => {
      expect(officialUrls(name)).toEqual([]);
    },
  );

  it('uses nothing but HTTPS', () => {
    const protocols = sourceBundles.flatMap(officialUrls).map(({ protocol }) => protocol);

    expect(new Set(protocols)).toEqual(new Set(['https:']));
  });
});

describe('globalRegions', () => {
  it('keeps the trust of other partitions apart', () => {
    const others = globalRegions.filter((region) =>
      /^(cn-|us-gov-|us-iso|eu-iso|eusc-)/.test(region),
    );

    expect(others).toEqual([]);
    expect(globalRegions).toContain('eu-west-1');
  });
});
