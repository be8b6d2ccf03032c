import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SettingsError } from '../../../../adapters/settings.ts';
import type { RegistryDocument } from '../../../../core/registry/model.ts';
import { authorizerDependencies } from '../../../../functions/authorizer/wire.ts';
import { aJwt, anIssuer, aRegistry, aSigner, now, outcomeOf } from '../../adapters/jwt-fixtures.ts';

async function aRegistryFile(document: RegistryDocument): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-authorizer-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'registry.json');
  await writeFile(file, JSON.stringify(document));
  return file;
}

describe('authorizerDependencies', () => {
  test('verifies against the compiled registry that the environment names', async () => {
    const signer = await aSigner();
    const TOKENVEND_REGISTRY_FILE = await aRegistryFile({
      version: 'sha256:0123456789ab',
      issuers: [anIssuer({ signers: [signer] })],
      members: [],
      databases: [],
    });

    const { verify } = authorizerDependencies({ TOKENVEND_REGISTRY_FILE }, { clock: () => now });

    expect(await verify(await aJwt(signer))).toMatchObject({ subject: 'workload-1' });
    expect(await outcomeOf(verify(await aJwt(await aSigner())))).toBe(
      'UNAUTHENTICATED jwt-signature',
    );
  });

  test('A23: reports a registry that is not there as unavailable, not as trusting nobody', async () => {
    const { verify } = authorizerDependencies(
      { TOKENVEND_REGISTRY_FILE: '/nonexistent/registry.json' },
      { clock: () => now },
    );

    expect(await outcomeOf(verify(await aJwt(await aSigner())))).toBe(
      'UPSTREAM_UNAVAILABLE registry-unavailable',
    );
  });

  test('takes a registry of another kind in its place', async () => {
    const signer = await aSigner();

    const { verify } = authorizerDependencies(
      { TOKENVEND_REGISTRY_FILE: '/nonexistent/registry.json' },
      { clock: () => now, registry: aRegistry(anIssuer({ signers: [signer] })) },
    );

    expect(await outcomeOf(verify(await aJwt(signer)))).toBe('accepted');
  });

  test('writes audit records to the stream it is given', async () => {
    const lines: string[] = [];
    const auditStream: Pick<NodeJS.WritableStream, 'write'> = {
      write: (line: unknown, ...rest: unknown[]) => {
        lines.push(String(line));
        const done = rest.at(-1);
        if (typeof done === 'function') done();
        return true;
      },
    };
    const { audit } = authorizerDependencies(
      { TOKENVEND_REGISTRY_FILE: '/nonexistent/registry.json' },
      { auditStream },
    );

    await audit.write({
      audit: 'vend',
      outcome: 'unauthenticated',
      vendId: 'vend-1',
      requestId: 'request-1',
      time: now.toISOString(),
    });

    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ vendId: 'vend-1' }]);
  });

  test('goes by the time of the machine unless told otherwise', () => {
    const TOKENVEND_REGISTRY_FILE = '/nonexistent/registry.json';

    expect(authorizerDependencies({ TOKENVEND_REGISTRY_FILE }).clock()).toBeInstanceOf(Date);
  });

  test('refuses to start without a registry, naming the variable', () => {
    expect(() => authorizerDependencies({})).toThrow(SettingsError);
    expect(() => authorizerDependencies({})).toThrow(/TOKENVEND_REGISTRY_FILE/);
  });
});
