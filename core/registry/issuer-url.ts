import { isLoopback } from '../loopback.ts';

/** Longest issuer URL. As octo-sts; what it keeps out is text that was never a URL. */
const maxIssuerLength = 255;

/** Why a text cannot be an issuer's URL (OpenID Connect Discovery section 3), or `undefined`. */
export function issuerUrlProblem(text: string): string | undefined {
  if (text.length > maxIssuerLength) {
    return `An issuer's URL has at most ${maxIssuerLength} characters.`;
  }
  if (text.includes('?')) return 'An issuer URL has no query; remove it.';
  return keyUrlProblem(text);
}

/** Why keys cannot be fetched from a text, or `undefined`. Plain HTTP is for loopback only. */
export function keyUrlProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // A2: a parser would silently lower, decode, strip or collapse; what is compared must be what is meant.
  if (url === undefined || (url.href !== text && url.href !== `${text}/`)) {
    return 'Write the full URL in its plain form: lower-case host, no default port, no white space.';
  }
  if (url.username !== '' || url.password !== '' || text.includes('#')) {
    return 'A URL here has no user, password or fragment; remove it.';
  }
  if (url.pathname.includes('//') || /%(?:2f|2e|5c)/i.test(url.pathname)) {
    return 'Write the path with single, unescaped slashes and dots.';
  }
  const isPlain = url.protocol === 'http:' && isLoopback(url);
  return url.protocol === 'https:' || isPlain
    ? undefined
    : 'Use https; plain http is accepted on loopback only.';
}
