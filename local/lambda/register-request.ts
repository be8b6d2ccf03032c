/**
 * Reads the body of `POST /extension/register`: the wanted events, not yet checked. `undefined` when
 * the body is not what the API takes: not JSON, of another shape, or with the retired `configurationKeys`.
 */
export function parseRegisterRequest(body: string): readonly string[] | undefined {
  const content = parsed(body);
  if (content === undefined) return undefined;
  // The Extensions API reads a JSON null as the empty value of whatever it expects there.
  if (content === null) return [];
  if (typeof content !== 'object' || Array.isArray(content)) return undefined;
  const events = listOf('events', content);
  const keys = listOf('configurationKeys', content);
  return keys?.length === 0 ? events : undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** An absent list is an empty one; `undefined` for anything but a list of strings. */
function listOf(key: string, content: object): readonly string[] | undefined {
  const value: unknown = Object.entries(content).find(([name]) => name === key)?.[1];
  if (value === undefined || value === null) return [];
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? value
    : undefined;
}
