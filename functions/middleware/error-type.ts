/**
 * What was thrown, by the name of its class, which minifying leaves alone: all of an unforeseen error
 * that may be logged. Anything that is no name of a class could be a secret, and is `Error`.
 */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return /^[A-Z][A-Za-z]{0,63}$/.test(error.name) ? error.name : 'Error';
}
