/** Regions that share one truststore, and trust no other. */
export interface Partition {
  readonly name: string;
  /**
   * Base URL of the official bundles. Absent where AWS documents no public address: such a bundle
   * comes from a file (`--from-file`).
   */
  readonly truststore?: string;
  readonly regions: readonly string[];
}

/**
 * Every region (partition table of AWS SDK for JavaScript 3.1169.0). Addresses: RDS User Guide,
 * "Using SSL/TLS to encrypt a connection", in its commercial, GovCloud and China editions.
 */
export const partitions: readonly Partition[] = [
  {
    name: 'aws',
    truststore: 'https://truststore.pki.rds.amazonaws.com',
    regions: [
      'af-south-1',
      ...['ap-east-1', 'ap-east-2'],
      ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
      ...['ap-south-1', 'ap-south-2'],
      ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4'],
      ...['ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7'],
      ...['ca-central-1', 'ca-west-1'],
      ...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2'],
      ...['eu-west-1', 'eu-west-2', 'eu-west-3'],
      'il-central-1',
      ...['me-central-1', 'me-south-1', 'me-west-1'],
      'mx-central-1',
      ...['sa-east-1', 'sa-west-1'],
      ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
    ],
  },
  {
    name: 'aws-us-gov',
    truststore: 'https://truststore.pki.us-gov-west-1.rds.amazonaws.com',
    regions: ['us-gov-east-1', 'us-gov-west-1'],
  },
  {
    name: 'aws-cn',
    truststore: 'https://rds-truststore.s3.cn-north-1.amazonaws.com.cn',
    regions: ['cn-north-1', 'cn-northwest-1'],
  },
  { name: 'aws-eusc', regions: ['eusc-de-east-1'] },
  { name: 'aws-iso', regions: ['us-iso-east-1', 'us-iso-west-1'] },
  { name: 'aws-iso-b', regions: ['us-isob-east-1', 'us-isob-west-1'] },
  { name: 'aws-iso-e', regions: ['eu-isoe-west-1'] },
  { name: 'aws-iso-f', regions: ['us-isof-east-1', 'us-isof-south-1'] },
];

/** The bundle of the commercial partition: one file for a client that does not know its region. */
export const globalBundle = 'global';

/** Amazon Trust Services, which sign ACM certificates and so those of RDS Proxy. */
export const amazonRootsBundle = 'amazon-roots';

/** Every bundle that is built from certificates; `global` is put together from these. */
export const sourceBundles: readonly string[] = [
  ...partitions.flatMap(({ regions }) => regions),
  amazonRootsBundle,
];

/** Regions whose roots make up `global`. Other partitions stay apart: trust in one is no trust in the next. */
export const globalRegions: readonly string[] = partitions
  .filter(({ name }) => name === 'aws')
  .flatMap(({ regions }) => regions);

/** The Amazon Trust Services repository, one file for each root (https://www.amazontrust.com/repository/). */
const amazonRootUrls = [1, 2, 3, 4]
  .map((number) => `AmazonRootCA${number}.pem`)
  .concat('SFSRootCAG2.pem')
  .map((file) => new URL(`https://www.amazontrust.com/repository/${file}`));

/** Where AWS publishes a bundle; none for an unknown name, or where no public address is known. */
export function officialUrls(bundle: string): readonly URL[] {
  if (bundle === amazonRootsBundle) return amazonRootUrls;
  const truststore = partitions.find(({ regions }) => regions.includes(bundle))?.truststore;
  return truststore === undefined ? [] : [new URL(`${truststore}/${bundle}/${bundle}-bundle.pem`)];
}
