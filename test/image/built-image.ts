import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Ended } from '../infra/restricted-process.ts';
import { type Podman, startPodman } from './podman.ts';
import { makeBaseImages } from './stand-in-images.ts';

const run = promisify(execFile);

const inspected = z
  .tuple([
    z.object({
      Config: z.object({
        User: z.string(),
        Env: z.array(z.string()),
        Entrypoint: z.array(z.string()),
        Cmd: z.array(z.string()),
      }),
      HealthCheck: z.object({ Test: z.array(z.string()) }).optional(),
    }),
  ])
  .transform(([image]) => image);

/** How a container differs from one that is started with the image's name alone. */
export interface ContainerOptions {
  readonly uid?: number;
  readonly entrypoint?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Folders of this machine, by where the container sees them. */
  readonly volumes?: Readonly<Record<string, string>>;
}

/** What the Dockerfile makes, built by its instructions. */
export interface BuiltImage {
  readonly settings: z.infer<typeof inspected>;
  /** Every file of it, base included, with its mode and owner: `-rwxr-xr-x 0:0 /opt/…`. */
  files(): Promise<string[]>;
  /**
   * Runs a container to its end, held as the manifests hold it: a root that cannot be written, no
   * capability, no way to gain one. It shares this machine's loopback.
   */
  container(args: readonly string[], options?: ContainerOptions): Promise<Ended>;
  remove(): Promise<void>;
}

const tag = 'localhost/tokenvend:test';

/** Builds the checkout, with stand-ins for the base images. @throws Error with what podman said. */
export async function buildImage(): Promise<BuiltImage> {
  const podman = await startPodman();
  try {
    await makeBaseImages(podman);
    const { stdout: cache } = await run('npm', ['config', 'get', 'cache'], { cwd: '/' });
    await podman.run([
      ...['build', '--isolation', 'chroot', '--pull-never', '--format', 'docker'],
      // A layer for each instruction would copy all packages each time: minutes.
      '--layers=false',
      ...['--volume', `${cache.trim()}:/npm-cache`, '--tag', tag, process.cwd()],
    ]);
    return {
      settings: inspected.parse(JSON.parse(await podman.run(['image', 'inspect', tag]))),
      files: () => filesOf(podman),
      container: (args, options = {}) => podman.try([...containerArgs(options), ...args]),
      remove: () => podman.remove(),
    };
  } catch (error) {
    await podman.remove();
    throw error;
  }
}

async function filesOf(podman: Podman): Promise<string[]> {
  const folder = await podman.run(['image', 'mount', tag]);
  try {
    const { stdout } = await run('find', ['.', '-type', 'f', '-printf', '%M %U:%G /%P\n'], {
      cwd: folder,
    });
    return stdout.trim().split('\n').sort();
  } finally {
    await podman.run(['image', 'unmount', tag]);
  }
}

function containerArgs({ uid, entrypoint, env = {}, volumes = {} }: ContainerOptions): string[] {
  return [
    ...['run', '--rm', '--network', 'host', '--read-only', '--read-only-tmpfs=false'],
    // Podman would ask systemd even for none.
    '--no-healthcheck',
    ...['--cap-drop', 'all', '--security-opt', 'no-new-privileges'],
    // Podman's own limits are more than a machine inside of another may set.
    ...['--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024'],
    ...(uid === undefined ? [] : ['--user', `${uid}:${uid}`]),
    ...(entrypoint === undefined ? [] : ['--entrypoint', entrypoint]),
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...Object.entries(volumes).flatMap(([place, folder]) => ['--volume', `${folder}:${place}`]),
    tag,
  ];
}
