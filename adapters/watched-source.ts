/** Something outside that can be read whole, and whose changes can be seen cheaply. */
export interface WatchedSource<T> {
  /** A text that differs after every change. Rejects if that cannot be known. */
  fingerprint(): Promise<string>;
  read(): Promise<T>;
}

/** The source as it was read once. */
export interface Reading<T> {
  /** Taken before `value` was: a change between the two is seen at the next look. */
  readonly fingerprint: string;
  readonly value: T;
}

export type SourceFault = 'absent' | 'unreadable' | 'broken';

/** What is known of the source now: its value at the last good reading, and what is wrong since. */
export interface Observation<T> {
  readonly value: T | undefined;
  readonly fault: SourceFault | undefined;
}

export interface WatchDependencies<T> {
  readonly source: WatchedSource<T>;
  /** What was read before anybody asked. The first look is taken all the same. */
  readonly ahead?: Reading<T> | undefined;
  readonly clock: () => Date;
  /** Called once for every change that makes a fault, not for every look at it. */
  readonly report: (fault: SourceFault) => void;
}

/** How long a look at the source counts. Ours: a stat per second is nothing, one per request is not. */
const lookIntervalMs = 1_000;

/**
 * Follows a source: looks at most once a second, whoever asks; reads again after a change; replaces
 * the value as a whole. A source that fails keeps its last good value beside the fault.
 */
export function watch<T>({
  source,
  ahead,
  clock,
  report,
}: WatchDependencies<T>): () => Promise<Observation<T>> {
  let known: Observation<T> = { value: ahead?.value, fault: undefined };
  let fingerprint = ahead?.fingerprint;
  let reported: string | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  const look = async (): Promise<void> => {
    let seen: string | undefined;
    try {
      seen = await source.fingerprint();
      if (seen !== fingerprint || known.fault !== undefined) {
        known = { value: await source.read(), fault: undefined };
      }
      fingerprint = seen;
      reported = undefined;
    } catch (error) {
      const fault = faultOf(error);
      known = { value: known.value, fault };
      const change = `${fault} ${seen}`;
      if (change !== reported) report(fault);
      reported = change;
    }
  };

  return async () => {
    const elapsedMs = clock().getTime() - lookedAtMs;
    // A clock that was set back must not keep us from looking.
    if (looking === undefined && (elapsedMs >= lookIntervalMs || elapsedMs < 0)) {
      lookedAtMs = clock().getTime();
      looking = look().finally(() => {
        looking = undefined;
      });
    }
    await looking;
    return known;
  };
}

/** By what the file system says (`ENOENT`); what is no system error comes from parsing. */
function faultOf(error: unknown): SourceFault {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return 'broken';
  return error.code === 'ENOENT' ? 'absent' : 'unreadable';
}
