import { type ApiAnswer, refusal } from './api-answer.ts';
import type { Extension, ExtensionEvent } from './extension.ts';
import type { InitializationType } from './settings.ts';

export type Subscriptions =
  | { readonly allowed: true; readonly events: readonly ExtensionEvent[] }
  | { readonly allowed: false; readonly refusal: ApiAnswer };

/**
 * Which events an extension may ask for. One in the runtime's own process cannot outlive it, so it
 * hears of no shutdown; on managed instances, where invocations overlap, nobody hears of single ones.
 */
export function checkSubscriptions(
  wanted: readonly string[],
  kind: Extension['kind'],
  mode: InitializationType,
): Subscriptions {
  const events: ExtensionEvent[] = [];
  for (const event of wanted) {
    const problem = problemWith(event, kind, mode);
    if (problem !== undefined) {
      const told = refusal('Extension.InvalidEventType', `${event}: ${problem}`);
      return { allowed: false, refusal: told };
    }
    if (isEvent(event)) events.push(event);
  }
  return { allowed: true, events };
}

function problemWith(
  event: string,
  kind: Extension['kind'],
  mode: InitializationType,
): string | undefined {
  if (!isEvent(event)) return 'ErrorInvalidEventType';
  if (event === 'SHUTDOWN' && kind === 'internal') {
    return 'ShutdownEventNotSupportedForInternalExtension';
  }
  const tooMany = event === 'INVOKE' && mode === 'lambda-managed-instances';
  return tooMany ? 'ErrorInvalidEventType' : undefined;
}

function isEvent(text: string): text is ExtensionEvent {
  return text === 'INVOKE' || text === 'SHUTDOWN';
}
