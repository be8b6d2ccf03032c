import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/**
 * Processes that do nothing but end when told to. A scenario makes their HTTP calls for them, so that
 * it alone decides what happens when.
 */
export interface Puppets {
  readonly extensionsDirectory: string;
  readonly runtimeProgram: string;
  /** Resolves when the process was started for the `generation`th time, from 1. */
  started(name: PuppetName, generation?: number): Promise<void>;
  /** Ends the process with that exit code; none if it has ended. */
  exit(name: PuppetName, code: number): Promise<void>;
  remove(): Promise<void>;
}

export type PuppetName = 'probe' | 'runtime';

export async function createPuppets(): Promise<Puppets> {
  const folder = await mkdtemp(join(tmpdir(), 'puppets-'));
  const extensionsDirectory = join(folder, 'opt', 'extensions');
  await mkdir(extensionsDirectory, { recursive: true });
  const runtimeProgram = join(folder, 'runtime');
  await writePuppet(folder, 'runtime', runtimeProgram);
  await writePuppet(folder, 'probe', join(extensionsDirectory, 'probe'));
  return {
    extensionsDirectory,
    runtimeProgram,
    started: (name, generation = 1) => started(join(folder, `${name}.starts`), generation),
    exit: (name, code) => tell(join(folder, `${name}.exit`), `${code}\n`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Not in the extensions' folder, where everything is started. */
async function writePuppet(folder: string, name: PuppetName, path: string): Promise<void> {
  const [starts, exit] = [join(folder, `${name}.starts`), join(folder, `${name}.exit`)];
  await promisify(execFile)('mkfifo', [exit]);
  await writeFile(starts, '');
  const script = `#!/bin/sh\necho started >>'${starts}'\nread -r code <'${exit}'\nexit "$code"\n`;
  await writeFile(path, script, { mode: 0o755 });
}

async function started(file: string, generation: number): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const starts = (await readFile(file, 'utf8')).split('\n').length - 1;
    if (starts >= generation) return;
    await pause(20);
  }
  throw new Error('the process was not started in ten seconds');
}

/** Opening a pipe that nobody reads would block for ever; then there is nobody to tell. */
async function tell(pipe: string, text: string): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const file = await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => undefined);
    if (file !== undefined) {
      await file.write(text);
      await file.close();
      return;
    }
    await pause(20);
  }
}
