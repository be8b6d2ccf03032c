import { execFile } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildContext, stages, textsOf } from './dockerfile-instructions.ts';

const run = promisify(execFile);

/** What the Dockerfile makes, as far as that needs no daemon: its files, on this machine's Node. */
export interface ContainerImage {
  /** Stands for `/`; nobody may write to what is under it. */
  readonly root: string;
  /** The image's `/nodejs/bin/node`, where any user may run it. */
  readonly node: string;
  /** The file of ENTRYPOINT, under `root`. */
  readonly entrypoint: string;
  remove(): Promise<void>;
}

/**
 * Carries out the Dockerfile's COPY and RUN instructions in a folder, with what `.dockerignore` lets
 * through and this checkout's packages in place of `npm ci`.
 */
export async function makeImage(): Promise<ContainerImage> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-image-'));
  const [build = [], image = []] = stages();
  const workdir = join(folder, 'build');
  const root = join(folder, 'root');
  const node = join(root, 'nodejs', 'bin', 'node');
  await fillContext(workdir);
  for (const command of textsOf(build, 'RUN').filter((text) => !text.startsWith('npm ci'))) {
    await run('sh', ['-c', command], { cwd: workdir });
  }
  await mkdir(join(root, 'nodejs', 'bin'), { recursive: true });
  await copyFile(process.execPath, node);
  for (const text of textsOf(image, 'COPY')) await copyInto(root, folder, text);
  await chmod(folder, 0o755);
  await run('chmod', ['-R', 'a+rX,a-w', root]);
  const [entrypoint = ''] = JSON.parse(textsOf(image, 'ENTRYPOINT')[0] ?? '[]');
  return {
    root,
    node,
    entrypoint: join(root, entrypoint),
    async remove() {
      await run('chmod', ['-R', 'u+w', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function fillContext(workdir: string): Promise<void> {
  await mkdir(workdir);
  for (const path of buildContext()) await cp(path, join(workdir, path), { recursive: true });
  await symlink(join(process.cwd(), 'node_modules'), join(workdir, 'node_modules'));
}

/** `--from=build /build/a /build/b /there/`: a folder's content is copied, as docker does. */
async function copyInto(root: string, folder: string, text: string): Promise<void> {
  const [, ...paths] = text.split(' ');
  const target = join(root, paths.at(-1) ?? '');
  await mkdir(target, { recursive: true });
  for (const path of paths.slice(0, -1)) {
    const source = join(folder, path);
    await run('cp', ['-R', path.endsWith('/') ? `${source}.` : source, target]);
  }
}
