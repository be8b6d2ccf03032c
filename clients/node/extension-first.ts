import { ClientError } from '../api-client/client-error.ts';
import type { Vend } from './vending.ts';

/**
 * Asks the extension, unless the first answer shows that there is none. It listens before the function
 * is initialized, so that a port on which nobody listens then stays that way; and once it has
 * answered, whatever it does later is the answer.
 */
export function extensionFirst(extension: Vend, otherwise: Vend): Vend {
  let presence: 'unknown' | 'here' | 'absent' = 'unknown';
  return async (request) => {
    if (presence === 'absent') return otherwise(request);
    try {
      const answer = await extension(request);
      presence = 'here';
      return answer;
    } catch (error) {
      if (presence === 'here' || !meansAbsent(error)) throw error;
    }
    presence = 'absent';
    return otherwise(request);
  };
}

/** Nobody listens, or there is nothing to show to whoever does. */
function meansAbsent(error: unknown): boolean {
  return (
    error instanceof ClientError &&
    (error.reason === 'unreachable' || error.reason === 'credentials-missing')
  );
}
