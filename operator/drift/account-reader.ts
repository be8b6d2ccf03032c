import type { Engine } from '../../core/registry/model.ts';

/** What the comparison reads of an AWS account. Every call is one that only reads. */
export interface AccountReader {
  /** Whose account the credentials are of. */
  account(): Promise<string>;
  /** Instances, clusters and proxies of the engines that tokenvend serves. */
  databases(region: string): Promise<readonly FoundDatabase[]>;
  /** `undefined` where there is no such role. */
  role(name: string): Promise<FoundRole | undefined>;
}

/** A DB instance, an Aurora or Multi-AZ cluster, or a proxy, as RDS describes it. */
export interface FoundDatabase {
  readonly kind: 'instance' | 'cluster' | 'proxy';
  readonly identifier: string;
  readonly region: string;
  readonly resourceId: string;
  /** Those that it may be; a MySQL proxy may stand before MariaDB. */
  readonly engines: readonly Engine[];
  /** Absent for a proxy. */
  readonly engineVersion?: string;
  /** Where it listens, the one to prefer first; with the endpoints of a cluster's instances. */
  readonly endpoints: readonly FoundEndpoint[];
  readonly dbname?: string;
  readonly iamAuthentication: boolean;
  /** CA certificates of the server, of each instance; none for a proxy. */
  readonly caIdentifiers: readonly string[];
  /** Whether it is in a directory, whose users log in with Kerberos. */
  readonly kerberos: boolean;
  /** Whether refused logins are logged; absent where there is no such log. */
  readonly logsRefusals?: boolean;
}

export interface FoundEndpoint {
  readonly host: string;
  readonly port: number;
}

export interface FoundRole {
  readonly arn: string;
  /** Policy documents as IAM stores them, decoded and parsed. */
  readonly trust: unknown;
  readonly policies: readonly unknown[];
  readonly hasBoundary: boolean;
}
