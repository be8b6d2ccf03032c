import { ask, type Seen } from './api-client.ts';

/** Makes the calls of an extension. */
export interface ExtensionActor {
  register(name: string | undefined, body: string, headers?: Record<string, string>): Promise<Seen>;
  /** `undefined`: without the header. */
  next(id: string | undefined): Promise<Seen>;
  report(error: 'init' | 'exit', id: string, type?: string): Promise<Seen>;
  put(path: string): Promise<Seen>;
}

export function extensionActor(address: string): ExtensionActor {
  const path = (rest: string): string => `/2020-01-01/extension/${rest}`;
  return {
    register: (name, body, headers = {}) =>
      ask(address, path('register'), {
        method: 'POST',
        headers: { ...headers, ...(name === undefined ? {} : { 'lambda-extension-name': name }) },
        body,
      }),
    next: (id) => ask(address, path('event/next'), { headers: identified(id) }),
    report: (error, id, type) =>
      ask(address, path(`${error}/error`), {
        method: 'POST',
        headers: {
          ...identified(id),
          ...(type === undefined ? {} : { 'lambda-extension-function-error-type': type }),
        },
        body: '{}',
      }),
    put: (rest) => ask(address, rest, { method: 'PUT', body: '{}' }),
  };
}

function identified(id: string | undefined): Record<string, string> {
  return id === undefined ? {} : { 'lambda-extension-identifier': id };
}

/** The identifier in the answer to a registration. */
export function identifierIn(registered: Seen): string {
  return `${registered.headers['lambda-extension-identifier'] ?? ''}`;
}

/** Makes the calls of a runtime. */
export interface RuntimeActor {
  next(): Promise<Seen>;
  answer(requestId: string): Promise<Seen>;
  initError(): Promise<Seen>;
}

export function runtimeActor(address: string): RuntimeActor {
  const path = (rest: string): string => `/2018-06-01/runtime/${rest}`;
  return {
    next: () => ask(address, path('invocation/next')),
    answer: (requestId) =>
      ask(address, path(`invocation/${requestId}/response`), { method: 'POST', body: '"done"' }),
    initError: () => ask(address, path('init/error'), { method: 'POST', body: '{}' }),
  };
}

/** The id of the invocation that a runtime got. */
export function requestIdIn(invocation: Seen): string {
  return `${invocation.headers['lambda-runtime-aws-request-id'] ?? ''}`;
}
