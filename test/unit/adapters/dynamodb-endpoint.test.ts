import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamodbEndpoint } from '../../../adapters/dynamodb-endpoint.ts';
import { SettingsError } from '../../../adapters/settings.ts';

const fips = { AWS_USE_FIPS_ENDPOINT: 'true' };
const dualStack = { AWS_USE_DUALSTACK_ENDPOINT: 'true' };
const both = { ...fips, ...dualStack };

describe('the endpoint of DynamoDB', () => {
  it.each([
    ['eu-west-1', {}, 'dynamodb.eu-west-1.amazonaws.com'],
    ['us-east-1', fips, 'dynamodb-fips.us-east-1.amazonaws.com'],
    ['us-east-1', dualStack, 'dynamodb.us-east-1.api.aws'],
    ['us-east-1', both, 'dynamodb-fips.us-east-1.api.aws'],
    ['us-gov-west-1', fips, 'dynamodb.us-gov-west-1.amazonaws.com'],
    ['us-gov-west-1', both, 'dynamodb-fips.us-gov-west-1.api.aws'],
    ['cn-north-1', dualStack, 'dynamodb.cn-north-1.api.amazonwebservices.com.cn'],
    ['eu-west-1', { AWS_USE_FIPS_ENDPOINT: 'false' }, 'dynamodb.eu-west-1.amazonaws.com'],
  ])('of %s with %o is %s', (region, env, host) => {
    expect(dynamodbEndpoint(env, region).href).toBe(`https://${host}/`);
  });

  const regions = [
    'eu-west-1',
    'cn-north-1',
    'us-gov-east-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'us-isof-south-1',
    'eusc-de-east-1',
  ];
  const switches = [{}, fips, dualStack, both];

  it.each(regions.flatMap((region) => switches.map((env) => [region, env] as const)))(
    'of %s with %o is where the SDK goes',
    (region, env) => {
      const sdk = new DynamoDBClient({ region }).config.endpointProvider({
        Region: region,
        UseFIPS: 'AWS_USE_FIPS_ENDPOINT' in env,
        UseDualStack: 'AWS_USE_DUALSTACK_ENDPOINT' in env,
      });

      expect(dynamodbEndpoint(env, region).href).toBe(sdk.url.href);
    },
  );

  it('is the one that the environment names', () => {
    const env = { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000' };

    expect(dynamodbEndpoint(env, 'eu-west-1').href).toBe('http://127.0.0.1:8000/');
  });

  it.each([
    [{ ...fips, AWS_ENDPOINT_URL_DYNAMODB: 'https://dynamodb.example.com' }],
    [{ ...dualStack, AWS_ENDPOINT_URL_DYNAMODB: 'https://dynamodb.example.com' }],
    [{ AWS_USE_FIPS_ENDPOINT: 'yes' }],
    [{ AWS_USE_DUALSTACK_ENDPOINT: '' }],
  ])('is refused at start-up for %o', (env) => {
    expect(() => dynamodbEndpoint(env, 'eu-west-1')).toThrow(SettingsError);
  });
});
