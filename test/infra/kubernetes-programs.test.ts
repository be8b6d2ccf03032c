import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type ContainerImage, makeImage } from './container-image.ts';
import { containerOf, type Variant } from './kubernetes-manifests.ts';
import { aVendingApi, freePort, type PodVolumes, podVolumes } from './kubernetes-pod.ts';
import { ended, entrypointOf, processUid, start } from './restricted-process.ts';

let image: ContainerImage;
beforeAll(async () => {
  image = await makeImage();
}, 60_000);
afterAll(() => image.remove());

const postgresFiles = ['ca.pem', 'connection.json', 'env', 'password', 'pg_service.conf', 'pgpass'];

/** A container's words, with the folders of this machine in place of the pod's. */
function wordsOf(
  variant: Variant,
  name: string,
  volumes: PodVolumes,
  changes: Readonly<Record<string, string>> = {},
): string[] {
  const { command, args, volumeMounts } = containerOf(variant, name);
  const places: [string, string][] = [
    ...volumeMounts.map(({ name: volume, mountPath }): [string, string] => [
      mountPath,
      Object.entries(volumes).find(([key]) => key === volume)?.[1] ?? '',
    ]),
    ['/opt/tokenvend', join(image.root, 'opt/tokenvend')],
    ['/nodejs/bin/node', image.node],
    ...Object.entries(changes),
  ];
  return [...command, ...args].map((word) =>
    places.reduce((text, [from, to]) => text.replaceAll(from, to), word),
  );
}

describe('the init container', () => {
  it.each(['init', 'job'] as const)('of %s writes files that only its user reads', async (way) => {
    const [api, volumes] = await Promise.all([aVendingApi(), podVolumes()]);
    const words = entrypointOf(image, wordsOf(way, 'tokenvend', volumes));

    const result = await ended(start(words, variablesFor(api.url, volumes)));

    expect(result).toMatchObject({ code: 0, out: '' });
    const folder = join(volumes.connections, 'orders');
    expect((await readdir(folder)).sort()).toEqual(postgresFiles);
    for (const name of postgresFiles) {
      const { uid, mode } = await lstat(join(folder, name));
      expect([name, uid, mode & 0o777]).toEqual([name, processUid, 0o600]);
    }
  });

  it('writes a service file that names the others as the application sees them', async () => {
    const [api, volumes] = await Promise.all([aVendingApi(), podVolumes()]);
    const words = entrypointOf(image, wordsOf('init', 'tokenvend', volumes));

    await ended(start(words, variablesFor(api.url, volumes)));

    const service = await readFile(join(volumes.connections, 'orders/pg_service.conf'), 'utf8');
    expect(service).toContain('[orders]\n');
    expect(service).toContain('sslmode=verify-full\n');
    expect(service).toContain(`passfile=${volumes.connections}/orders/pgpass`);
  });
});

describe('the sidecar', () => {
  it('answers its probes once the files are complete, and ends in 0 when it is told to', async () => {
    const [api, volumes, port] = await Promise.all([aVendingApi(), podVolumes(), freePort()]);
    const words = wordsOf('sidecar', 'tokenvend', volumes, { '9090': `${port}` });
    const agent = start(entrypointOf(image, words), variablesFor(api.url, volumes));
    onTestFinished(() => void agent.kill('SIGKILL'));
    const end = ended(agent);

    const startup = await firstSuccess(`http://127.0.0.1:${port}/startup`);
    const files = await readdir(join(volumes.connections, 'orders'));
    const ready = await fetch(`http://127.0.0.1:${port}/readiness`);
    const alive = await fetch(`http://127.0.0.1:${port}/liveness`);
    const check = await ended(
      start(entrypointOf(image, ['check', '--dir', volumes.connections, '--min-ttl', '600'])),
    );
    agent.kill('SIGTERM');

    expect([startup, ready.status, alive.status, check.code]).toEqual([200, 200, 200, 0]);
    expect(files.sort()).toEqual(postgresFiles);
    expect(await end).toMatchObject({ code: 0 });
  });
});

describe('the container that reads nothing but its environment', () => {
  it('runs the program that its init container copied, and finds what it needs in variables', async () => {
    const [api, volumes] = await Promise.all([aVendingApi(), podVolumes()]);
    const copied = await ended(start(wordsOf('environment', 'program', volumes)));
    const words = wordsOf('environment', 'api', volumes);
    const own = words.slice(0, words.indexOf('--') + 1);
    const shown = 'echo "$DATABASE_URL"; echo "$PGHOST $PGUSER"; cat "$PGPASSFILE"; env';

    const result = await ended(
      start([...own, 'sh', '-c', shown], {
        ...variablesFor(api.url, volumes),
        XDG_RUNTIME_DIR: volumes.connections,
      }),
    );

    expect(copied).toMatchObject({ code: 0, err: '' });
    expect(result).toMatchObject({ code: 0 });
    const [url, target, passfile] = result.out.split('\n');
    expect(url).toMatch(/^postgresql:\/\/orders_app:.+sslmode=verify-full/);
    expect(target).toBe('orders.c9akciq32abc.eu-west-1.rds.amazonaws.com orders_app');
    expect(passfile).toContain('X-Amz-Signature');
    expect(result.out).not.toContain('TOKENVEND_IDENTITY');
  });

  it('leaves no file behind', async () => {
    const [api, volumes] = await Promise.all([aVendingApi(), podVolumes()]);
    await ended(start(wordsOf('environment', 'program', volumes)));
    const words = wordsOf('environment', 'api', volumes);
    const own = words.slice(0, words.indexOf('--') + 1);

    await ended(
      start([...own, 'true'], {
        ...variablesFor(api.url, volumes),
        XDG_RUNTIME_DIR: volumes.connections,
      }),
    );

    expect(await readdir(volumes.connections)).toEqual([]);
  });
});

function variablesFor(apiUrl: string, { identity }: PodVolumes): Record<string, string> {
  return {
    TOKENVEND_API_URL: apiUrl,
    TOKENVEND_IDENTITY_TOKEN_FILE: join(identity, 'token'),
  };
}

/** Asks as kubelet does, until it is answered with 200, or for ten seconds. */
async function firstSuccess(url: string): Promise<number | undefined> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200) return status;
    await setTimeout(50);
  }
  return undefined;
}
