import { dirname } from 'node:path';
import { startUnderRie } from './rie-lambda.ts';
import type { StartSubject } from './subject.ts';

/** The Runtime Interface Emulator at `path`. */
export function runtimeInterfaceEmulator(path: string): StartSubject {
  return ({ extensionsDirectory, runtimeProgram, functionTimeoutSeconds }) =>
    startUnderRie(path, {
      extensionsDirectory,
      runtime: { command: runtimeProgram },
      functionTimeoutMs: functionTimeoutSeconds * 1000,
      taskDirectory: dirname(runtimeProgram),
    });
}
