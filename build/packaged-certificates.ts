import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Copies the CA bundles and their index, and none of the code beside them, to `target`. */
export async function packageCertificates(source: string, target: string): Promise<void> {
  const files = (await readdir(source)).filter(
    (name) => name.endsWith('.pem') || name === 'index.json',
  );
  if (!files.includes('index.json')) throw new Error(`${source} holds no index.json.`);
  await mkdir(target, { recursive: true });
  for (const name of files) await copyFile(join(source, name), join(target, name));
}
