import { startLambda } from '../../local/lambda/lambda.ts';
import type { Likeness } from '../../local/lambda/settings.ts';
import type { StartSubject } from './subject.ts';

/** Our emulator, with the habits of Lambda or of the RIE. */
export function emulator(like: Likeness): StartSubject {
  return async ({ extensionsDirectory, runtimeProgram, functionTimeoutSeconds }) => {
    const lambda = await startLambda({
      extensionsDirectory,
      runtime: { command: runtimeProgram },
      functionTimeoutMs: functionTimeoutSeconds * 1000,
      like,
    });
    return {
      runtimeApi: lambda.runtimeApi,
      invoke: () => lambda.invoke({}),
      close: () => lambda.close(),
    };
  };
}
