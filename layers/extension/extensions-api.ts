import { parseFields } from '../../clients/api-client/fields.ts';
import type { CallRuntime, RuntimeAnswer } from './runtime-call.ts';

export type EventType = 'INVOKE' | 'SHUTDOWN';

const eventTypes: readonly EventType[] = ['INVOKE', 'SHUTDOWN'];

/** The Extensions API, as one extension sees it (Lambda developer guide, "Extensions API reference"). */
export interface ExtensionsApi {
  /** @throws RegistrationError where Lambda says no. */
  register(events: readonly EventType[]): Promise<Registration>;
}

export interface Registration {
  /** Waits for the next event, which may be for ever. The first call says that our init is done. */
  next(): Promise<EventType>;
  /** Ends the init of the whole environment; the process must exit. */
  initError(problem: InitProblem): Promise<void>;
}

/** Why the extension cannot start. Shown to the function's owner: no values of variables. */
export interface InitProblem {
  /** `Extension.<Reason>`. */
  readonly type: `Extension.${string}`;
  readonly message: string;
}

export class RegistrationError extends Error {
  override readonly name = 'RegistrationError';
  readonly status: number;
  /** Lambda's own, such as `Extension.InvalidEventType`. */
  readonly type: string;
  constructor(status: number, type: string) {
    super(`Lambda refuses the extension: ${type}`);
    this.status = status;
    this.type = type;
  }
}

/** An event could not be had: the connection broke, or Lambda refused. */
export class NextError extends Error {
  override readonly name = 'NextError';
}

/** @param name The basename of the file that Lambda has started; anything else registers as internal. */
export function createExtensionsApi(call: CallRuntime, name: string): ExtensionsApi {
  return {
    async register(events) {
      const body = JSON.stringify({ events });
      const headers = { 'lambda-extension-name': name, 'content-type': 'application/json' };
      const answer = await call({ method: 'POST', path: 'register', headers, body });
      const id = answer.headers['lambda-extension-identifier'];
      if (answer.status !== 200 || typeof id !== 'string') {
        throw new RegistrationError(answer.status, errorTypeOf(answer));
      }
      return registrationOf(call, { 'lambda-extension-identifier': id });
    },
  };
}

function registrationOf(call: CallRuntime, identity: Readonly<Record<string, string>>) {
  const registration: Registration = {
    async next() {
      const answer = await call({ method: 'GET', path: 'event/next', headers: identity });
      if (answer.status !== 200) throw new NextError(errorTypeOf(answer));
      return parseFields(answer.body).oneOf('eventType', eventTypes);
    },
    async initError({ type, message }) {
      const headers = { ...identity, 'lambda-extension-function-error-type': type };
      const body = JSON.stringify({ errorMessage: message, errorType: type, stackTrace: [] });
      await call({ method: 'POST', path: 'init/error', headers, body });
    },
  };
  return registration;
}

function errorTypeOf({ status, body }: RuntimeAnswer): string {
  try {
    return parseFields(body).text('errorType', /^[\w.]{1,100}$/);
  } catch {
    return `status-${status}`;
  }
}
