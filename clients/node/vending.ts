import type { VendAnswer } from '../../core/vend-answer.ts';
import type { TokenRequest } from '../api-client/token-request.ts';
import { extensionVend } from './extension.ts';
import { extensionFirst } from './extension-first.ts';
import { inProcessVend } from './in-process.ts';
import type { Machine } from './machine.ts';
import type { Settings } from './settings.ts';

/** Gets a token, from wherever. Rejects with `ClientError`. */
export type Vend = (request: TokenRequest) => Promise<VendAnswer>;

/**
 * Chooses where tokens come from: the extension or this process's own cache.
 *
 * The extension is looked for by itself in Lambda only. On a shared machine anybody may listen on its
 * port, be sent our session token, and answer with a database of their own.
 */
export function vendingOf(settings: Settings, machine: Machine): Vend {
  if (settings.auth === 'extension') return extensionVend(settings, machine);
  const vend = inProcessVend(settings, machine);
  const mayHaveExtension =
    settings.auth === 'auto' && Boolean(machine.env.AWS_LAMBDA_FUNCTION_NAME);
  return mayHaveExtension ? extensionFirst(extensionVend(settings, machine), vend) : vend;
}
