interface Partition {
  readonly id: string;
  readonly dnsSuffix: string;
  readonly regions: RegExp;
}

/** AWS partitions, as botocore's and the SDK's partition tables list them (2026-08). */
const partitions: readonly Partition[] = [
  {
    id: 'aws',
    dnsSuffix: 'amazonaws.com',
    regions: /^(?:us|eu|ap|sa|ca|me|af|il|mx)-(?:[a-z]+)-\d+$/,
  },
  { id: 'aws-cn', dnsSuffix: 'amazonaws.com.cn', regions: /^cn-[a-z]+-\d+$/ },
  { id: 'aws-us-gov', dnsSuffix: 'amazonaws.com', regions: /^us-gov-[a-z]+-\d+$/ },
  { id: 'aws-iso', dnsSuffix: 'c2s.ic.gov', regions: /^us-iso-[a-z]+-\d+$/ },
  { id: 'aws-iso-b', dnsSuffix: 'sc2s.sgov.gov', regions: /^us-isob-[a-z]+-\d+$/ },
  { id: 'aws-iso-e', dnsSuffix: 'cloud.adc-e.uk', regions: /^eu-isoe-[a-z]+-\d+$/ },
  { id: 'aws-iso-f', dnsSuffix: 'csp.hci.ic.gov', regions: /^us-isof-[a-z]+-\d+$/ },
  { id: 'aws-eusc', dnsSuffix: 'amazonaws.eu', regions: /^eusc-[a-z]+-[a-z]+-\d+$/ },
];

/** The partition of a region's name, or `undefined` for what is no region. */
export function partitionOf(region: string): string | undefined {
  return partitions.find(({ regions }) => regions.test(region))?.id;
}

/** The DNS suffix of a region's services, or `undefined` for what is no region. */
export function dnsSuffixOf(region: string): string | undefined {
  return partitions.find(({ regions }) => regions.test(region))?.dnsSuffix;
}

/** Whether hosts of the region end in this DNS suffix. */
export function isSuffixOf(region: string, dnsSuffix: string): boolean {
  return partitions.some((one) => one.regions.test(region) && one.dnsSuffix === dnsSuffix);
}

/** All DNS suffixes, longest first, so that `amazonaws.com.cn` is not read as `amazonaws.com`. */
export const dnsSuffixes: readonly string[] = [
  ...new Set(partitions.map(({ dnsSuffix }) => dnsSuffix)),
].sort((one, other) => other.length - one.length);

export const isPartition = (text: string): boolean => partitions.some(({ id }) => id === text);
