import { open } from 'node:fs/promises';
import { ClientError } from '../api-client/client-error.ts';
import type { IdentitySource } from './identity-source.ts';

/** Where the Kubernetes manifests mount the projected service account token (docs/cli.md). */
export const mountedTokenPath = '/var/run/secrets/tokenvend/token';

/** Bytes. JWTs have one or two thousand; what is larger is another file, or a device that never ends. */
const maxFileBytes = 64 * 1024;

/** A file that somebody else keeps fresh: kubelet, an agent, a CI system. */
export function tokenFile(path: string, origin: string): IdentitySource {
  const named = `file ${shown(path)} (${origin})`;
  return {
    description: `the ${named}`,
    read: async () => {
      try {
        return await readStart(path);
      } catch (error) {
        throw new ClientError('identity-unreadable', { seen: `The ${named} ${whyNot(error)}.` });
      }
    },
  };
}

/** People give the JWT where its path belongs; each begins like this, with `{"` in base64url. */
const shown = (path: string): string => (path.startsWith('eyJ') ? 'whose name is a JWT' : path);

function whyNot(error: unknown): string {
  if (error instanceof RangeError) return 'is too large to be a JWT';
  const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
  return `cannot be read${code}`;
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
    if (size > maxFileBytes) throw new RangeError('too large');
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    await file.close();
  }
}
