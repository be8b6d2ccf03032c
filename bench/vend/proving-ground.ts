import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RegistryDocument } from '../../core/registry/model.ts';
import { credentialStore } from '../../local/aws/credentials.ts';
import { type LocalSts, startSts } from '../../local/aws/sts.ts';
import { functionEnvironment } from '../../local/function-environment.ts';
import { organizationRoles, region } from '../../local/organization.ts';
import { runningParts } from '../../local/running-parts.ts';

/** What the functions find around them: an STS on loopback, the real CA bundles, packaged registries. */
export interface ProvingGround {
  readonly sts: LocalSts;
  /** The environment of a function whose package holds this registry. */
  environmentWith(registry: RegistryDocument): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

const caDirectory = fileURLToPath(new URL('../../certificates', import.meta.url));

/** The STS goes by `clock` as well: by which instant sessions end has to be said in one time. */
export async function openProvingGround(clock: () => Date): Promise<ProvingGround> {
  const parts = runningParts();
  const credentials = credentialStore({ clock, random: randomBytes });
  const roles = organizationRoles();
  const sts = await parts.add(startSts({ region, credentials, roles, clock, ids: randomUUID }));
  const { path } = await parts.add(temporaryDirectory());
  const places = { apiUrl: 'https://tokens.example.com', stsUrl: sts.url, caDirectory };
  return {
    sts,
    close: () => parts.close(),
    async environmentWith(registry) {
      const file = join(path, `${registry.version}.json`);
      await writeFile(file, JSON.stringify(registry));
      const env = functionEnvironment({ credentials, roles, ...places });
      return { ...env, TOKENVEND_REGISTRY_FILE: file };
    },
  };
}

async function temporaryDirectory(): Promise<{ readonly path: string; close(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'tokenvend-bench-'));
  return { path, close: () => rm(path, { recursive: true, force: true }) };
}
