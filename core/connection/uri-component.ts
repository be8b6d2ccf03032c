/**
 * Percent-encodes all but the unreserved characters (RFC 3986 section 2.3). `encodeURIComponent` leaves
 * `!'()*` alone, which MySQL Shell gives a meaning of its own. A space is `%20`: libpq takes `+` as it is.
 */
export function uriComponent(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A query string without its `?`; parameters without a value are left out. */
export function uriQuery(parameters: readonly (readonly [string, string | undefined])[]): string {
  return parameters
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${uriComponent(value)}`]))
    .join('&');
}
