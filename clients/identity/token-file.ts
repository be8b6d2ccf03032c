import { open } from 'node:fs/promises';
import { ClientError } from '../api-client/client-error.ts';
import type { IdentitySource } from './identity-source.ts';

/** Where the Kubernetes manifests mount the projected service account token (docs/cli.md). */
export const mountedTokenPath = '/var/run/secrets/tokenvend/token';

/** Bytes. JWTs have one or two thousand; what is larger is another file, or a device that never ends. */
const maxFileBytes = 64 * 1024;

/** A file that somebody else keeps fresh: kubelet, an agent, a CI system. */
export function tokenFile(path: string, origin: string): IdentitySource {
  return {
    description: `the file ${path} (${origin})`,
    read: async () => {
      try {
        return await readStart(path);
      } catch {
        throw new ClientError('identity-unreadable');
      }
    },
  };
}

/** Follows links, unlike what writes secrets: Kubernetes mounts tokens as links to the current one. */
async function readStart(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of file.createReadStream({ end: maxFileBytes })) {
      size += chunk.length;
      chunks.push(chunk);
    }
    if (size > maxFileBytes) throw new ClientError('identity-unreadable');
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    await file.close();
  }
}
