import { dnsSuffixOf, partitionOf } from '../core/registry/partitions.ts';
import { type Environment, SettingsError } from './settings.ts';

/**
 * Where DynamoDB is for a Region, by the variables that the SDK goes by: `AWS_ENDPOINT_URL_DYNAMODB`, or the
 * Region's own host with `AWS_USE_FIPS_ENDPOINT` and `AWS_USE_DUALSTACK_ENDPOINT`. Which Regions have a FIPS
 * host AWS changes, and neither the SDK nor this keeps a list of them.
 *
 * @throws SettingsError for a switch that is neither `true` nor `false`, and, as the SDK does, for one beside
 *   an address: which of the two is meant cannot be told.
 */
export function dynamodbEndpoint(env: Environment, region: string): URL {
  const isFips = isOn(env, 'AWS_USE_FIPS_ENDPOINT');
  const isDualStack = isOn(env, 'AWS_USE_DUALSTACK_ENDPOINT');
  const address = env.AWS_ENDPOINT_URL_DYNAMODB;
  if (address === undefined) return new URL(`https://${hostOf(region, isFips, isDualStack)}`);
  if (isFips || isDualStack) {
    throw new SettingsError(['AWS_ENDPOINT_URL_DYNAMODB excludes FIPS and dual-stack endpoints']);
  }
  return new URL(address);
}

/** The SDK's rules for DynamoDB's endpoints (`client-dynamodb`, 2026-11). */
function hostOf(region: string, isFips: boolean, isDualStack: boolean): string {
  const partition = partitionOf(region) ?? 'aws';
  // In GovCloud every host without dual stack is a FIPS host.
  const isNamedFips = isFips && (isDualStack || partition !== 'aws-us-gov');
  const suffix = isDualStack ? dualStackSuffixes.get(partition) : dnsSuffixOf(region);
  return `dynamodb${isNamedFips ? '-fips' : ''}.${region}.${suffix ?? 'amazonaws.com'}`;
}

/** As the SDK's partition table lists them (2026-11). */
const dualStackSuffixes: ReadonlyMap<string, string> = new Map([
  ['aws', 'api.aws'],
  ['aws-cn', 'api.amazonwebservices.com.cn'],
  ['aws-us-gov', 'api.aws'],
  ['aws-iso', 'api.aws.ic.gov'],
  ['aws-iso-b', 'api.aws.scloud'],
  ['aws-iso-e', 'api.cloud-aws.adc-e.uk'],
  ['aws-iso-f', 'api.aws.hci.ic.gov'],
  ['aws-eusc', 'api.amazonwebservices.eu'],
]);

function isOn(env: Environment, variable: string): boolean {
  const text = env[variable] ?? 'false';
  if (text === 'true' || text === 'false') return text === 'true';
  throw new SettingsError([`${variable} is not valid (it must be true or false)`]);
}
