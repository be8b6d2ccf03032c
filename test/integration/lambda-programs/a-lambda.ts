import { chmod, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Lambda, startLambda } from '../../../local/lambda/lambda.ts';
import type { LambdaOptions } from '../../../local/lambda/settings.ts';

const programs = fileURLToPath(new URL('.', import.meta.url));
const nodeRuntime = fileURLToPath(new URL('../../../local/lambda/runtime.ts', import.meta.url));

/** A file of this folder for each name that an extension is to have. */
export type ExtensionPrograms = Readonly<Record<string, 'recorder.cjs' | 'mute.sh'>>;

/**
 * An emulated function of `handlers.cjs`, with extensions; closed when the test ends. The recorder's
 * settings go into `env`.
 */
export async function aLambda(
  handler: string,
  options: Partial<LambdaOptions> = {},
  extensions: ExtensionPrograms = {},
): Promise<Lambda> {
  const lambda = await startLambda({
    runtime: { command: process.execPath, args: [nodeRuntime] },
    extensionsDirectory: await extensionsFolder(extensions),
    taskDirectory: programs,
    function: { handler: `handlers.${handler}` },
    functionTimeoutMs: 10_000,
    ...options,
  });
  onTestFinished(() => lambda.close());
  return lambda;
}

/** A folder that is removed when the test ends. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-emulator-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function extensionsFolder(extensions: ExtensionPrograms): Promise<string> {
  const folder = join(await aFolder(), 'extensions');
  await mkdir(folder);
  for (const [name, program] of Object.entries(extensions)) {
    await copyFile(join(programs, program), join(folder, name));
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}

/** The events that the recorder of that name printed. */
export function recordedEvents(lambda: Lambda, name: string): RecordedEvent[] {
  return printedBy(lambda, name).flatMap((line) => (isRecorded(line) ? [line] : []));
}

export interface RecordedEvent {
  readonly event: {
    readonly eventType: string;
    readonly deadlineMs: number;
    readonly shutdownReason?: string;
    readonly errorType?: string;
  };
  /** By the extension's own clock, epoch milliseconds. */
  readonly now: number;
}

/** Every line that it printed, parsed. */
export function printedBy(lambda: Lambda, name: string): object[] {
  return lambda
    .logs()
    .filter(({ source, stream }) => source === name && stream === 'stdout')
    .map(({ text }): object => JSON.parse(text));
}

function isRecorded(line: object): line is RecordedEvent {
  return 'event' in line && 'now' in line;
}
