/** Signals that end a process which does not listen to them, and that people and orchestrators send. */
const endings: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** What is to be done, for as long as it is. One set for the process, as its signals are. */
const works = new Set<() => void>();

/**
 * Does `work` when this process ends, so that a command in a group of its own does not outlive it.
 * Ctrl-C reaches no other group than the terminal's, and a process that a signal ends says no `exit`.
 *
 * A signal that somebody else listens to is theirs: an agent ends by itself, and says `exit` then; the
 * Ctrl-C that cancels a query in a child of `exec` ends nobody. A second one, which they no longer listen
 * to, is ours: it would end the process at once.
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
  process.on('exit', doAll);
  // Before those of others, each of which is still there to be seen: `once` takes its own away first.
  for (const signal of endings) process.prependListener(signal, endBy);
}

function stopListening(): void {
  process.off('exit', doAll);
  for (const signal of endings) process.off(signal, endBy);
}

function doAll(): void {
  for (const work of works) work();
  works.clear();
}

/** Ends as if we had not listened: whoever waits for us sees which signal it was. */
function endBy(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  stopListening();
  doAll();
  process.kill(process.pid, signal);
}
