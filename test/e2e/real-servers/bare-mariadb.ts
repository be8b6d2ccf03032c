import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startSystemMariadb } from '../../../local/database/system-mariadb.ts';
import { createCertificateAuthority } from '../../../local/pki.ts';

const executed = promisify(execFile);

/** A MariaDB with the database `ledger` and nobody in it but root; nobody opens it with a token. */
export async function startBareMariadb(host: string) {
  const clock = () => new Date();
  const authority = await createCertificateAuthority({ commonName: 'root', clock });
  const server = await startSystemMariadb({
    certificate: await authority.issueServer([host]),
    databases: ['ledger'],
    roles: [],
    checkToken: async () => ({ ok: false, reason: 'malformed' }),
    onRefusal: () => undefined,
  });
  const socket = `--socket=${server.folder}/mariadb.sock`;
  const asRoot = ['--no-defaults', socket, '-uroot', '-NBre'];
  return {
    port: server.port,
    /** Of the CA that issued the server's certificate. */
    authorityPem: authority.certificatePem,
    /** As root, who is let in by the socket alone; what one connection is told, others need not know. */
    async asRoot(sql: string): Promise<string> {
      const { stdout } = await executed('mariadb', [...asRoot, sql]);
      return stdout.trimEnd();
    },
    close: () => server.close(),
  };
}

export type BareMariadb = Awaited<ReturnType<typeof startBareMariadb>>;
