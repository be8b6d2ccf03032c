import { createContext, Script } from 'node:vm';

const call = new Script('act()');

/**
 * Runs `act`, and throws `ERR_SCRIPT_EXECUTION_TIMEOUT` where it takes longer. Unlike a test's own
 * timeout, this also ends what never gives the processor back, such as a loop or a regular expression
 * that backtracks.
 */
export function within<T>(limitMs: number, act: () => T): T {
  const results: T[] = [];
  const context = createContext({ act: () => results.push(act()) });
  call.runInContext(context, { timeout: limitMs });
  const [result] = results;
  if (results.length !== 1 || result === undefined) throw new Error('It gave nothing.');
  return result;
}
