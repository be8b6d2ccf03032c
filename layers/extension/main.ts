import { createExtensionsApi, RegistrationError } from './extensions-api.ts';
import { openFirstCall } from './first-call.ts';
import { holdPort } from './held-port.ts';
import { runLambdaExtension } from './lambda-extension.ts';
import { runLocalProgram } from './local-program.ts';
import { createLog, type ExtensionLog } from './log.ts';
import { processFolder } from './process-folder.ts';
import { createRuntimeCall } from './runtime-call.ts';
import type { StartService } from './service.ts';
import { readSettings } from './settings.ts';

/** The program. Lambda starts `extensions/tokenvend`, which starts this. */
async function main(): Promise<number> {
  const { env } = process;
  const settings = readSettings(env);
  const level = 'settings' in settings ? settings.settings.logLevel : 'WARN';
  const log = createLog({
    level,
    clock: () => new Date(),
    write: (line) => process.stdout.write(line),
  });
  surviveDefects(log);
  const start: StartService = async (options) => {
    // A file of its own in the layer, and four fifths of the whole: nothing of it is needed to register.
    const { startProcessService } = await import('./process-service.ts');
    return startProcessService({ ...options, env, log });
  };
  const parts = { settings, listen: holdPort, start, log };
  const runtimeApi = env.AWS_LAMBDA_RUNTIME_API;
  if (!runtimeApi)
    return runLocalProgram({ ...parts, folder: processFolder(), stopped: stopped() });
  try {
    const openExtensionsApi = () => extensionsApiAt(runtimeApi);
    return await runLambdaExtension({ ...parts, env, openExtensionsApi });
  } catch (error) {
    const type = error instanceof RegistrationError ? error.type : 'no-answer';
    log.error('REGISTER_FAILED', { type });
    return 1;
  }
}

async function extensionsApiAt(address: string) {
  return createExtensionsApi(await openFirstCall(address, createRuntimeCall(address)), 'tokenvend');
}

/** An extension that ends fails the invocation. What broke one request must not break the next ones. */
function surviveDefects(log: ExtensionLog): void {
  const note = (error: unknown): void => {
    const type = error instanceof Error ? error.constructor.name : typeof error;
    log.error('UNEXPECTED_ERROR', { type });
  };
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
  // Nobody reads our log any more: no reason to stop serving.
  process.stdout.on('error', () => undefined);
}

/** Orchestrators send SIGTERM, terminals SIGINT. Lambda sends extensions neither. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}

main().then(
  (code) => process.exit(code),
  () => process.exit(1),
);
