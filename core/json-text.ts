/**
 * Reads JSON that is still to be checked; `undefined`, which no JSON stands for, where it is none.
 * `JSON.parse` quotes what it could not read in its error, which therefore goes no further.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
