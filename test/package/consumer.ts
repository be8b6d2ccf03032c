import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './pack.ts';

const run = promisify(execFile);

/** A project somewhere else that has installed the package. */
export interface Consumer {
  readonly folder: string;
  write(file: string, text: string): Promise<void>;
  /** Makes a package of the checkout's available here as well. */
  link(name: string): Promise<void>;
  /** What a script prints. Rejects where it fails, or has not ended after 10 s. */
  runScript(
    node: string,
    file: string,
    env: NodeJS.ProcessEnv,
    args?: readonly string[],
  ): Promise<string>;
  /** The compiler's complaints about what `tsconfig.json` here includes; empty when there are none. */
  compile(): Promise<string>;
  remove(): Promise<void>;
}

/** Installs as applications do, but without the network: the package has no dependencies to fetch. */
export async function install(tarball: string): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenvend-consumer-'));
  const write = (file: string, text: string) => writeFile(join(folder, file), text);
  await write('package.json', '{ "name": "consumer", "private": true }\n');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder });
  return {
    folder,
    write,
    async link(name) {
      const path = join(folder, 'node_modules', name);
      await mkdir(dirname(path), { recursive: true });
      await symlink(join(root, 'node_modules', name), path);
    },
    async runScript(node, file, env, args = []) {
      const { stdout } = await run(node, [file, ...args], { cwd: folder, env, timeout: 10_000 });
      return stdout.trim();
    },
    async compile() {
      const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
      const args = [compiler, '-p', folder, '--pretty', 'false'];
      // The compiler tells its errors on standard output, and that there are some by its exit code.
      return run(process.execPath, args).then(
        () => '',
        (error: unknown) => String(Object.assign({ stdout: '' }, error).stdout),
      );
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
