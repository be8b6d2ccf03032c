/** A row that both must show, or an intended difference. Cells are what `brief` makes of an answer. */
export type Row = string | IntendedDifference;

export interface IntendedDifference {
  /** The Runtime Interface Emulator, and our emulator told to be like it. */
  readonly rie: string;
  /** Our emulator otherwise: what Lambda itself does. */
  readonly lambda: string;
}

/** Every row of every scenario, by the scenario's name. */
export const rows: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  registration: {
    'register: without a name': '403 Extension.InvalidExtensionName',
    'register: unknown event': '403 Extension.InvalidEventType',
    'register: malformed JSON': '403 InvalidRequestFormat',
    'register: empty body': '403 InvalidRequestFormat',
    'register: events not a list': '403 InvalidRequestFormat',
    'register: configurationKeys': '403 InvalidRequestFormat',
    'register: SHUTDOWN for an internal extension': '403 Extension.InvalidEventType',
    'register: unknown event for an internal extension': '403 Extension.InvalidEventType',
    'register: with the account': {
      rie: '200 functionName,functionVersion,handler',
      lambda: '200 accountId,functionName,functionVersion,handler',
    },
    'register: a second time': '403 Extension.InvalidExtensionState',
    'register: an internal extension': '200 functionName,functionVersion,handler',
    'register: an internal extension a second time': '403 Extension.InvalidExtensionState',
    'next: without an identifier': '403 Extension.MissingExtensionIdentifier',
    'next: invalid identifier': '403 Extension.InvalidExtensionIdentifier',
    'next: unknown identifier': '403 Extension.UnknownExtensionIdentifier',
    'init/error: without its type': '403 Extension.MissingHeader',
    'init/error: unknown identifier': '403 Extension.UnknownExtensionIdentifier',
    'exit/error: without its type': '403 Extension.MissingHeader',
    'telemetry: subscribe': '202 Telemetry.NotSupported',
    'logs: subscribe': '202 Logs.NotSupported',
  },
  invocation: {
    'invoke: event': '200 deadlineMs,eventType,invokedFunctionArn,requestId',
    'invoke: content type of the event': 'application/json',
    'invoke: the event has an identifier': 'true',
    'invoke: payload has a deadline': 'true',
    'register: after init': '403 Extension.RegistrationClosed',
    'register: a known one after init': '403 Extension.InvalidExtensionState',
    'runtime init/error: after init': '403 InvalidStateTransition',
    'response: unknown request': '400 InvalidRequestID',
    'runtime next: while it has an invocation': 'true',
    'response: first': '202 OK',
    'response: second': '403 InvalidStateTransition',
    'invoke: answered before the extension is done': { rie: 'false', lambda: 'true' },
    'invoke: answer': '200 text',
  },
  timeout: {
    'timeout: event': '200 deadlineMs,eventType,shutdownReason',
    'timeout: reason in the event': { rie: 'Timeout', lambda: 'timeout' },
    'timeout: content type of the event': {
      rie: 'text/plain; charset=utf-8',
      lambda: 'application/json',
    },
    'timeout: at most two seconds to end': 'true',
    'timeout: answer': { rie: '200 text', lambda: '200 Sandbox.Timedout' },
    'timeout: the next invocation starts everything anew':
      '200 functionName,functionVersion,handler',
  },
  'init/error when registered': {
    'init/error: when registered': '202 OK',
    'init/error: once more': '202 OK',
    'next: after init/error': '403 Extension.InvalidExtensionState',
    'exit/error: after init/error': '403 Extension.InvalidExtensionState',
    'init: tried again after init/error': { rie: 'false', lambda: 'true' },
    'invoke: after init/error': { rie: '502', lambda: '200 Extension.Crash' },
  },
  'exit/error when registered': {
    'exit/error: when registered': '202 OK',
    'exit/error: once more': '202 OK',
    'next: after exit/error': '403 Extension.InvalidExtensionState',
    'init/error: after exit/error': '403 Extension.InvalidExtensionState',
    'init: tried again after exit/error': { rie: 'false', lambda: 'true' },
    'invoke: after exit/error': { rie: '502', lambda: '200 Extension.Crash' },
  },
  'reports when running': {
    'init/error: when running': '403 Extension.InvalidExtensionState',
    'exit/error: when running': '202 OK',
    'invoke: after exit/error when running': {
      rie: '502 Extension.ExitError',
      lambda: '200 Extension.ExitError',
    },
  },
  'exit 0 before the answer': {
    'exit 0: before the function answered': {
      rie: '502 Extension.Crash',
      lambda: '200 Extension.Crash',
    },
  },
  'exit 9 before the answer': {
    'exit 9: before the function answered': {
      rie: '502 Extension.Crash',
      lambda: '200 Extension.Crash',
    },
  },
  'exit 0 after the answer': {
    'exit 0: after the function answered': { rie: '502 text', lambda: '200 text' },
  },
  'exit 9 after the answer': {
    'exit 9: after the function answered': { rie: '502 text', lambda: '200 text' },
  },
};

/** What `side` must show for one scenario. */
export function expectedOf(scenario: string, side: 'rie' | 'lambda'): Record<string, string> {
  const cells = Object.entries(rows[scenario] ?? {}).map(
    ([name, row]) => [name, typeof row === 'string' ? row : row[side]] as const,
  );
  return Object.fromEntries(cells);
}

/** Names of the rows that differ on purpose. */
export function intendedDifferences(): string[] {
  return Object.values(rows).flatMap((scenario) =>
    Object.entries(scenario).flatMap(([name, row]) => (typeof row === 'string' ? [] : [name])),
  );
}
