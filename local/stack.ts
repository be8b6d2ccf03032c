import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AuditRecord } from '../core/audit.ts';
import type { RegistryStore } from '../core/registry/store.ts';
import { createAuditFile } from './audit-file.ts';
import { type CredentialStore, credentialStore } from './aws/credentials.ts';
import type { Role } from './aws/roles.ts';
import { type LocalSts, startSts } from './aws/sts.ts';
import { writeCaDirectory } from './ca-directory.ts';
import { apiId, functionEnvironment, localAudience } from './function-environment.ts';
import { localFunctions } from './functions.ts';
import { readApiDefinition } from './gateway/api-definition.ts';
import { createGateway, type HttpAnswer } from './gateway/gateway.ts';
import type { ReceivedRequest } from './gateway/proxy-event.ts';
import { serveGateway } from './gateway/server.ts';
import { type Issuer, startIssuer } from './issuer/oidc-issuer.ts';
import { type LedgerDatabase, startLedgerDatabase } from './ledger-database.ts';
import {
  type OrdersDatabase,
  startOrdersDatabase,
  startSystemOrdersDatabase,
} from './orders-database.ts';
import { organizationRoles, platformAccount, region, registryText } from './organization.ts';
import { createCertificateAuthority } from './pki.ts';
import { type RunningParts, runningParts } from './running-parts.ts';
import { yamlRegistry } from './yaml-registry.ts';

/** The whole system, running on loopback. */
export interface Stack {
  readonly apiUrl: string;
  readonly audience: string;
  readonly issuers: Issuers;
  readonly sts: LocalSts;
  readonly credentials: CredentialStore;
  /** Of all accounts, by ARN. */
  readonly roles: ReadonlyMap<string, Role>;
  readonly database: OrdersDatabase;
  /** Where `mariadb` was asked for. */
  readonly ledger?: LedgerDatabase;
  /** PEM file of the root behind the databases' certificates. */
  readonly caFile: string;
  /** Edits count within a second. */
  readonly registryFile: string;
  /** Every audit record so far, oldest first; also in `audit.jsonl` of the directory. */
  readonly auditRecords: readonly AuditRecord[];
  close(): Promise<void>;
}

export interface Issuers {
  readonly kubernetes: Issuer;
  readonly github: Issuer;
  readonly workforce: Issuer;
}

export interface StackOptions {
  /** Where the registry, the CA and the audit log are written. */
  readonly directory: string;
  /** Any free port unless told. */
  readonly apiPort?: number;
  readonly databasePort?: number;
  /** The database is PostgreSQL from Debian's packages, not the embedded one. Root only. */
  readonly postgres?: boolean;
  /** Beside it runs MariaDB from Debian's packages, with the database `ledger`. Root only. */
  readonly mariadb?: boolean;
  readonly clock?: () => Date;
  readonly authorizerTtlSeconds?: number;
  readonly throttle?: { readonly perSecond: number; readonly burst: number };
  /** In place of PostgreSQL, which takes most of the time to start; for whoever opens no session. */
  readonly startDatabase?: typeof startOrdersDatabase;
  /** In place of the YAML file, which is still written, for whoever publishes it. */
  readonly registry?: RegistryStore;
  /** In place of `audit.jsonl`; `auditRecords` then stays empty. */
  readonly auditStream?: Pick<NodeJS.WritableStream, 'write'>;
}

const templateFile = fileURLToPath(new URL('../template.yaml', import.meta.url));

/** Starts everything. What was started is ended by `close`, and also if a later part fails to start. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const parts = runningParts();
  try {
    return await assemble(options, parts);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

async function assemble(options: StackOptions, parts: RunningParts): Promise<Stack> {
  const { directory, clock = () => new Date() } = options;
  mkdirSync(directory, { recursive: true });
  const issuers = {
    kubernetes: await parts.add(startIssuer({ clock })),
    github: await parts.add(startIssuer({ clock })),
    workforce: await parts.add(startIssuer({ clock })),
  };
  const roles = organizationRoles();
  const credentials = credentialStore({ clock, random: randomBytes });
  const sts = await parts.add(startSts({ region, credentials, roles, clock, ids: randomUUID }));

  const authority = await createCertificateAuthority({ commonName: 'tokenvend local root', clock });
  const port = options.databasePort ?? 0;
  const aws = { authority, credentials, roles, clock };
  const startPostgres = options.postgres ? startSystemOrdersDatabase : startOrdersDatabase;
  const startDatabase = options.startDatabase ?? startPostgres;
  const database = await parts.add(startDatabase({ ...aws, port }));
  const ledger = options.mariadb ? await parts.add(startLedgerDatabase(aws)) : undefined;
  const caDirectory = join(directory, 'certificates');
  writeCaDirectory(caDirectory, region, authority.certificatePem);
  const registryFile = join(directory, 'registry.yaml');
  writeFileSync(registryFile, localRegistry(issuers, database.port, ledger?.port));

  const audit = createAuditFile(join(directory, 'audit.jsonl'));
  const apiUrl = await startApi(options, parts, (url) => {
    const places = { apiUrl: url, stsUrl: sts.url, caDirectory };
    const env = functionEnvironment({ credentials, roles, ...places });
    const registry = options.registry ?? yamlRegistry(registryFile, clock);
    return {
      keys: credentials,
      ...localFunctions(env, { registry, clock, auditStream: options.auditStream ?? audit.stream }),
    };
  });
  return {
    apiUrl,
    audience: localAudience,
    issuers,
    sts,
    credentials,
    roles,
    database,
    ...(ledger && { ledger }),
    caFile: join(caDirectory, `${region}.pem`),
    registryFile,
    auditRecords: audit.records,
    close: () => parts.close(),
  };
}

function localRegistry(
  { kubernetes, github, workforce }: Issuers,
  databasePort: number,
  ledgerPort: number | undefined,
): string {
  return registryText({
    kubernetes: kubernetes.url,
    github: github.url,
    workforce: workforce.url,
    audience: localAudience,
    databasePort,
    ...(ledgerPort && { ledgerPort }),
  });
}

type Behind = Pick<Parameters<typeof createGateway>[0], 'keys' | 'authorizer' | 'functions'>;

/** Opens the port first: the functions have to know their own address. */
async function startApi(
  options: StackOptions,
  parts: RunningParts,
  behind: (url: string) => Behind,
): Promise<string> {
  const { clock = () => new Date() } = options;
  let handle: ((request: ReceivedRequest) => Promise<HttpAnswer>) | undefined;
  const server = await parts.add(
    serveGateway({
      handle: (request) => handle?.(request) ?? Promise.reject(new Error('still starting')),
      clock,
      port: options.apiPort ?? 0,
    }),
  );
  handle = createGateway({
    ...behind(server.url),
    definition: readApiDefinition(templateFile),
    context: { apiId, accountId: platformAccount, stage: 'api', domainName: 'localhost', region },
    authorizerTtlSeconds: options.authorizerTtlSeconds ?? 60,
    throttle: options.throttle ?? { perSecond: 1000, burst: 5000 },
    clock,
  });
  return server.url;
}
