import { X509Certificate } from 'node:crypto';
import type { KeyedCertificate } from '../pki.ts';
import { type Catalog, openCatalog, provision } from './catalog.ts';
import { startPostgres } from './embedded-postgres.ts';
import { type ListenerOptions, listen } from './listener.ts';

export interface DatabaseOptions
  extends Pick<
    ListenerOptions,
    'checkToken' | 'onRefusal' | 'port' | 'handshakeTimeoutMs' | 'maxConnections'
  > {
  /** Endpoint names that clients verify; the certificate must be good for each of them. */
  readonly names: readonly string[];
  readonly certificate: KeyedCertificate;
  /** Created empty. */
  readonly databases: readonly string[];
  /** Created as login roles with `rds_iam`. */
  readonly roles: readonly string[];
}

/** A database instance with IAM authentication on, at 127.0.0.1. */
export interface LocalDatabase extends Pick<Catalog, 'query'> {
  readonly port: number;
  /** Where processes and files of it are, for whoever wants to look. */
  readonly folder: string;
  /** Ends sessions, processes and files. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts PostgreSQL behind a listener that behaves as RDS does. Only users with the role `rds_iam`
 * log in, only over TLS, and only with a token that `checkToken` accepts.
 *
 * @throws Error when the certificate is not good for one of `names`.
 */
export async function startDatabase(options: DatabaseOptions): Promise<LocalDatabase> {
  assertCovers(options.certificate, options.names);
  const server = await startPostgres();
  try {
    const catalog = openCatalog(server);
    await provision(catalog, options);
    const { usesIam, query } = catalog;
    const listener = await listen({ ...options, backendPath: server.socketPath, usesIam });
    return {
      port: listener.port,
      folder: server.socketFolder,
      query,
      async close() {
        await listener.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Found here in one sentence, and by clients only as a failed handshake. */
function assertCovers({ certificatePem }: KeyedCertificate, names: readonly string[]): void {
  const certificate = new X509Certificate(certificatePem);
  const missing = names.find((name) => certificate.checkHost(name) === undefined);
  if (missing !== undefined) throw new Error(`the certificate is not good for ${missing}`);
}
