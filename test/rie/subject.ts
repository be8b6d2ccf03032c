/** Something that runs extensions and a function: our emulator, or the real Runtime Interface Emulator. */
export interface Subject {
  /** `host:port` of the Runtime and Extensions APIs. */
  readonly runtimeApi: string;
  /** Calls the function. The first call may be what starts it. */
  invoke(): Promise<{ readonly status: number; readonly body: string }>;
  close(): Promise<void>;
}

export interface SubjectSetup {
  /** As `/opt/extensions`. */
  readonly extensionsDirectory: string;
  readonly runtimeProgram: string;
  readonly functionTimeoutSeconds: number;
}

export type StartSubject = (setup: SubjectSetup) => Promise<Subject>;
