/** Signals that end a process which does not listen to them, and that people and orchestrators send. */
const endings: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** What is to be done, for as long as it is. One set for the process, as its signals are. */
const works = new Set<() => void>();

/** The endings that nobody else listened to when the first of `works` came. */
let unheard: readonly NodeJS.Signals[] = [];

/**
 * Does `work` when this process ends, so that a command in a group of its own does not outlive it.
 * Ctrl-C reaches no other group than the terminal's, and a process that a signal ends says no `exit`.
 *
 * A signal that somebody else listens to is theirs: an agent ends by itself, and says `exit` then; the
 * Ctrl-C that cancels a query in a child of `exec` ends nobody.
 *
 * @returns what takes it back.
 */
export function onceThisProcessEnds(work: () => void): () => void {
  if (works.size === 0) listen();
  works.add(work);
  return () => {
    if (works.delete(work) && works.size === 0) stopListening();
  };
}

function listen(): void {
  unheard = endings.filter((signal) => process.listenerCount(signal) === 0);
  process.on('exit', doAll);
  for (const signal of unheard) process.on(signal, endBy);
}

function stopListening(): void {
  process.off('exit', doAll);
  for (const signal of unheard) process.off(signal, endBy);
}

function doAll(): void {
  for (const work of works) work();
  works.clear();
}

/** Ends as if we had not listened: whoever waits for us sees which signal it was. */
function endBy(signal: NodeJS.Signals): void {
  stopListening();
  doAll();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
