import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { instructions, textsOf } from '../infra/dockerfile-instructions.ts';
import type { Podman } from './podman.ts';

const run = promisify(execFile);

/** Programs of the build image that the Dockerfile's RUN instructions and npm call. */
const commands = ['cat', 'chmod', 'env', 'mkdir', 'rm', 'sed', 'sh', 'uname'];

/**
 * Images under the names of the Dockerfile's two bases, made of this machine's files: this project's Node
 * and the libraries it is linked with, and for the build npm and a shell. They are not those bases, and
 * cannot show that those exist; they are what lets every instruction run without a registry of images.
 */
export async function makeBaseImages(podman: Podman): Promise<void> {
  const { BUILD_IMAGE, RUNTIME_IMAGE } = baseNames();
  const [build, runtime] = ['build', 'runtime'].map((name) => join(podman.folder, name));
  if (build === undefined || runtime === undefined) throw new Error('no folders');
  await layDownNode(build, '/usr/local/bin/node');
  await layDownBuildTools(build);
  await commit(podman, BUILD_IMAGE, build, await buildEnvironment(build));
  await layDownNode(runtime, '/nodejs/bin/node');
  await commit(podman, RUNTIME_IMAGE, runtime, [
    'USER 65532',
    'WORKDIR /home/nonroot',
    'ENTRYPOINT ["/nodejs/bin/node"]',
  ]);
}

function baseNames(): { readonly BUILD_IMAGE: string; readonly RUNTIME_IMAGE: string } {
  const named = Object.fromEntries(textsOf(instructions(), 'ARG').map((text) => text.split('=')));
  const { BUILD_IMAGE, RUNTIME_IMAGE } = named;
  // Docker's short name in full, as podman keeps it.
  return { BUILD_IMAGE: `docker.io/library/${BUILD_IMAGE}`, RUNTIME_IMAGE };
}

async function layDownNode(root: string, place: string): Promise<void> {
  const { stdout } = await run('ldd', [process.execPath]);
  const libraries = [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path);
  for (const path of libraries) await layDown(root, path, path);
  await layDown(root, process.execPath, place);
  await mkdir(join(root, 'tmp'), { recursive: true, mode: 0o777 });
}

async function layDown(root: string, source: string, place: string): Promise<void> {
  await mkdir(dirname(join(root, place)), { recursive: true });
  await copyFile(source, join(root, place));
}

async function layDownBuildTools(root: string): Promise<void> {
  await layDown(root, '/bin/busybox', '/bin/busybox');
  for (const name of commands) await symlink('busybox', join(root, 'bin', name));
  await mkdir(join(root, 'usr', 'bin'), { recursive: true });
  await symlink('../../bin/busybox', join(root, 'usr', 'bin', 'env'));
  const { stdout } = await run('sh', ['-c', 'readlink -f "$(command -v npm)"']);
  const npm = dirname(dirname(stdout.trim()));
  await cp(npm, join(root, 'usr', 'local', 'lib', 'npm'), { recursive: true });
  await symlink('../lib/npm/bin/npm-cli.js', join(root, 'usr', 'local', 'bin', 'npm'));
}

/** npm as this machine has it: the same registry, its certificate's CA, and what is there already. */
async function buildEnvironment(root: string): Promise<string[]> {
  const { stdout } = await run('npm', ['config', 'get', 'registry'], { cwd: '/' });
  const extraCa = process.env.NODE_EXTRA_CA_CERTS;
  const pem = extraCa === undefined ? '' : await readFile(extraCa, 'utf8');
  await mkdir(join(root, 'etc'), { recursive: true });
  await writeFile(join(root, 'etc', 'extra-ca.pem'), pem);
  return [
    'ENV PATH=/usr/local/bin:/usr/bin:/bin NODE_EXTRA_CA_CERTS=/etc/extra-ca.pem',
    `ENV npm_config_registry=${stdout.trim()} npm_config_cache=/npm-cache`,
    'ENV npm_config_prefer_offline=true npm_config_audit=false npm_config_update_notifier=false',
  ];
}

async function commit(
  podman: Podman,
  name: string,
  root: string,
  rest: readonly string[],
): Promise<void> {
  const file = `${root}.Dockerfile`;
  await writeFile(file, ['FROM scratch', 'COPY . /', ...rest, ''].join('\n'));
  await podman.run(['build', '--quiet', '--file', file, '--tag', name, root]);
}
