import { chown, lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityOf } from '../../local/callers.ts';
import {
  silenceFunctions,
  startTestStack,
  type TestStack,
} from '../integration/support/test-stack.ts';
import { type BuiltImage, buildImage } from './built-image.ts';

silenceFunctions();
let image: BuiltImage;
let stack: TestStack;

beforeAll(async () => {
  image = await buildImage();
  stack = await startTestStack();
});
afterAll(async () => {
  await stack?.close();
  await image?.remove();
});

/** The number in the image, and one that it has never heard of, as a pod's may be. */
const uids = [65_532, 54_321] as const;

describe('the image', () => {
  it('starts the program as a number that is not root, and asks it for nothing by itself', () => {
    const { User, Entrypoint, Cmd } = image.settings.Config;

    expect({ User, Entrypoint, Cmd }).toEqual({
      User: '65532:65532',
      Entrypoint: ['/opt/tokenvend/bin/tokenvend'],
      Cmd: ['--help'],
    });
    expect(image.settings.HealthCheck?.Test ?? ['NONE']).toEqual(['NONE']);
  });

  it('carries nothing of the build in its variables', () => {
    expect(image.settings.Config.Env).toEqual([
      'PATH=/opt/tokenvend/bin:/usr/local/bin:/usr/bin:/bin',
    ]);
  });

  it('holds beside its base only the program, all of it root’s, none of it writable', async () => {
    const files = (await image.files()).filter((line) => line.includes(' /opt/'));
    const paths = files.map((line) => line.split(' ')[2] ?? '');

    expect(paths.filter((path) => !path.startsWith('/opt/tokenvend/dist/cli/'))).toEqual([
      '/opt/tokenvend/bin/tokenvend',
      '/opt/tokenvend/LICENSE',
      '/opt/tokenvend/package.json',
    ]);
    expect(paths).toContain('/opt/tokenvend/dist/cli/THIRD-PARTY-LICENSES.txt');
    expect(files.filter((line) => !/^-r[w-][x-]r-[x-]r-[x-] 0:0 /.test(line))).toEqual([]);
  });

  it('has no shell', async () => {
    const { code, err } = await image.container(['-c', 'true'], { entrypoint: '/bin/sh' });

    expect([code, err]).toEqual([127, expect.stringContaining('/bin/sh')]);
  });
});

describe.each(uids)('a container of it, as %i', (uid) => {
  it('says its version', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));

    const ended = await image.container(['--version'], { uid });

    expect(ended).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it('is found by its name, as kubectl exec calls it', async () => {
    const ended = await image.container(['token', 'orders', '--api-url', 'http://127.0.0.1:9'], {
      uid,
      entrypoint: 'tokenvend',
    });

    expect(ended).toMatchObject({ code: 3, out: '' });
  });

  it('can write nowhere but where it is given a volume', async () => {
    const tries = ['/', '/tmp', '/opt/tokenvend', '/home/nonroot']
      .map((folder) => `attempt('${folder}/x')`)
      .join(', ');
    const script = `const attempt = (path) => { try { require('fs').writeFileSync(path, ''); return 'written'; }
      catch ({ code }) { return code; } }; [${tries}].join()`;

    const { out } = await image.container(['--print', script], {
      uid,
      entrypoint: '/nodejs/bin/node',
    });

    expect(out.trim()).toBe('EROFS,EROFS,EROFS,EROFS');
  });

  it('writes connection files from the API’s answer, which its check then finds fresh', async () => {
    const volumes = await aPod(uid);
    const env = { TOKENVEND_API_URL: stack.apiUrl };

    const written = await image.container(['write', 'orders', '--dir', '/run/db'], {
      ...{ uid, env, volumes },
    });
    const checked = await image.container(['check', '--dir', '/run/db'], { uid, volumes });

    expect(written).toMatchObject({ code: 0 });
    expect(checked).toMatchObject({ code: 0 });
    const folder = join(volumes['/run/db'], 'orders');
    const files = await readdir(folder);
    expect(files).toContain('connection.json');
    for (const name of files) {
      const file = await lstat(join(folder, name));
      expect([name, file.uid, file.mode & 0o777]).toEqual([name, uid, 0o600]);
    }
  });
});

/** The two volumes of a pod: kubelet's token, and an empty folder for connections. */
async function aPod(uid: number) {
  const volumes = {
    '/var/run/secrets/tokenvend': join(stack.directory, `identity-${uid}`),
    '/run/db': join(stack.directory, `connections-${uid}`),
  };
  for (const folder of Object.values(volumes)) {
    await mkdir(folder);
    await chown(folder, uid, uid);
  }
  const token = join(volumes['/var/run/secrets/tokenvend'], 'token');
  await writeFile(token, await identityOf(stack, 'orders-pod'), { mode: 0o400 });
  await chown(token, uid, uid);
  return volumes;
}
