/** What the emulator did, so that a test can ask for it. */
export type HistoryEvent =
  | 'init'
  | 'init-overrun'
  | 'init-failed'
  | 'ready'
  | 'invoke'
  | 'freeze'
  | 'thaw'
  | 'restore'
  | 'reset'
  | 'shutdown';

export interface HistoryEntry {
  readonly event: HistoryEvent;
  readonly at: Date;
}

export interface LogLine {
  /** `runtime`, or an extension's name. */
  readonly source: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

export interface History {
  record(event: HistoryEvent): void;
  write(line: LogLine): void;
  entries(): readonly HistoryEntry[];
  lines(): readonly LogLine[];
}

export function createHistory(clock: () => Date): History {
  const entries: HistoryEntry[] = [];
  const lines: LogLine[] = [];
  return {
    record: (event) => {
      entries.push({ event, at: clock() });
    },
    write: (line) => {
      lines.push(line);
    },
    entries: () => [...entries],
    lines: () => [...lines],
  };
}
