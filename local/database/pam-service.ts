import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listenForPam, type PamDecisions } from './pam-verifier.ts';
import type { ServerFolder } from './server-folder.ts';
import type { UnprivilegedUser } from './unprivileged-user.ts';

/** A PAM service of one server in one run. */
export interface PamService {
  readonly name: string;
  /** The service's file. The server's supervisor removes it too, should this process be killed. */
  readonly file: string;
  /** Removes the service; no token is accepted after it. */
  close(): Promise<void>;
}

/**
 * Makes PAM ask this process about passwords, as RDS makes it ask IAM: through `pam_script`, which hands
 * on the whole password. (`pam_exec` passes the first 512 bytes, a third of a token.)
 */
export async function openPamService(
  options: PamDecisions & { readonly folder: ServerFolder; readonly account: UnprivilegedUser },
): Promise<PamService> {
  const name = `tokenvend-${randomBytes(8).toString('hex')}`;
  const folder = join(options.folder.path, 'pam');
  // Not the server's own, and writable by nobody else: pam_script runs nothing from a folder that is.
  await mkdir(folder, { mode: 0o755 });
  await writeFile(join(folder, 'pam_script_auth'), askScript, { mode: 0o755 });
  const socketPath = join(folder, socketName);
  const verifier = await listenForPam({ ...options, socketPath, service: name });
  const file = join('/etc/pam.d', name);
  await writeFile(file, serviceText(folder), { flag: 'wx' });
  return {
    name,
    file,
    async close() {
      await verifier.close();
      await rm(file, { force: true });
    },
  };
}

const socketName = 'verifier.sock';

/** The password goes through a pipe: arguments are for everybody to read. */
const askScript = `#!/bin/sh
printf '%s\\0%s\\0%s' "$PAM_SERVICE" "$PAM_USER" "$PAM_AUTHTOK" |
  /usr/bin/curl --disable --silent --fail --max-time 10 --output /dev/null --data-binary @- \\
    --unix-socket "\${0%/*}/${socketName}" http://localhost/
`;

const serviceText = (folder: string): string => `auth required pam_script.so dir=${folder}
account required pam_permit.so
`;
