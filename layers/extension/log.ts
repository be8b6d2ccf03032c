/** What the extension logs. Each code is listed with its meaning in docs/lambda.md, and a test compares the two. */
export const extensionLogCodes = [
  'CA_UNWRITABLE',
  'EVENTS_INTERRUPTED',
  'LISTENING',
  'REGISTER_FAILED',
  'REQUEST_REFUSED',
  'RESTORED',
  'SETTINGS_INVALID',
  'SHUTDOWN',
  'START_FAILED',
  'THAWED',
  'UNEXPECTED_ERROR',
  'VENDED',
  'VEND_FAILED',
] as const;
export type ExtensionLogCode = (typeof extensionLogCodes)[number];

/** From the most to the least talkative. */
export const logLevels = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Names and numbers. Never an error object: those of other people quote what they were given. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface ExtensionLog {
  debug(code: ExtensionLogCode, fields?: LogFields): void;
  warn(code: ExtensionLogCode, fields?: LogFields): void;
  error(code: ExtensionLogCode, fields?: LogFields): void;
  /** Written whatever the level is: somebody started a program and must know where it listens. */
  announce(code: ExtensionLogCode, fields: LogFields): void;
}

/** One JSON object a line: what CloudWatch Logs, and Lambda's own JSON format, take apart. */
export function createLog(options: {
  readonly level: LogLevel;
  readonly clock: () => Date;
  readonly write: (line: string) => void;
}): ExtensionLog {
  const { clock, write } = options;
  const least = logLevels.indexOf(options.level);
  const line = (level: LogLevel, code: ExtensionLogCode, fields: LogFields = {}): void => {
    const time = clock().toISOString();
    write(`${JSON.stringify({ time, level, extension: 'tokenvend', code, ...fields })}\n`);
  };
  const at =
    (level: LogLevel) =>
    (code: ExtensionLogCode, fields?: LogFields): void => {
      if (logLevels.indexOf(level) >= least) line(level, code, fields);
    };
  return {
    debug: at('DEBUG'),
    warn: at('WARN'),
    error: at('ERROR'),
    announce: (code, fields) => line('INFO', code, fields),
  };
}
