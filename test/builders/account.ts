import type {
  AccountReader,
  FoundDatabase,
  FoundRole,
} from '../../operator/drift/account-reader.ts';

/** The database of the sound registry, as RDS would describe it with nothing wrong. */
export function aFoundDatabase(parts: Partial<FoundDatabase> = {}): FoundDatabase {
  return {
    kind: 'instance',
    identifier: 'orders',
    region: 'eu-west-1',
    resourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    engines: ['postgres'],
    engineVersion: '16.4',
    endpoints: [{ host: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com', port: 5432 }],
    dbname: 'orders',
    iamAuthentication: true,
    caIdentifiers: ['rds-ca-rsa2048-g1'],
    kerberos: false,
    logsRefusals: true,
    ...parts,
  };
}

/** An account that holds what is given. */
export function anAccount(
  parts: {
    readonly account?: string;
    readonly databases?: readonly FoundDatabase[];
    readonly roles?: Readonly<Record<string, FoundRole>>;
  } = {},
): AccountReader {
  const { account = '111122223333', databases = [aFoundDatabase()], roles = {} } = parts;
  return {
    account: async () => account,
    databases: async (region) => databases.filter((one) => one.region === region),
    role: async (name) => (Object.hasOwn(roles, name) ? roles[name] : undefined),
  };
}
