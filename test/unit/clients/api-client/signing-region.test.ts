import { describe, expect, test } from 'vitest';
import { signingRegion } from '../../../../clients/api-client/signing-region.ts';

const ownRegion = 'us-east-1';

describe('signingRegion', () => {
  test.each([
    ['a regional API', 'https://abc.execute-api.eu-west-1.amazonaws.com/api', 'eu-west-1'],
    ['a private API', 'https://abc-vpce-01.execute-api.eu-west-1.amazonaws.com/api', 'eu-west-1'],
    [
      'a VPC endpoint',
      'https://vpce-01-x.execute-api.us-gov-west-1.vpce.amazonaws.com',
      'us-gov-west-1',
    ],
    ['China', 'https://abc.execute-api.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['a custom domain', 'https://tokens.example.com', ownRegion],
    ['a name that only looks like one', 'https://my-execute-api.eu-west-1.example.com', ownRegion],
  ])('finds the Region of %s', (_what, url, expected) => {
    expect(signingRegion(new URL(url), { ownRegion })).toBe(expected);
  });

  test('believes an explicit setting before all', () => {
    const url = new URL('https://abc.execute-api.eu-west-1.amazonaws.com');

    expect(signingRegion(url, { region: 'eu-central-1', ownRegion })).toBe('eu-central-1');
  });

  test.each([undefined, '', 'eu-west', 'eu-west-1/x'])('does not sign for %j', (region) => {
    const url = new URL('https://tokens.example.com');

    expect(() => signingRegion(url, { region })).toThrow(
      expect.objectContaining({ kind: 'usage', reason: 'region-unknown' }),
    );
  });
});
