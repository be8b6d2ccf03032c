/**
 * Whether `text` is what an IAM pattern describes: `*` is any run of characters, `?` any one.
 *
 * Takes one pass over the text per `*` at most: a caller's own session policy ends up here, and the
 * same pattern as a regular expression could be made to backtrack for minutes.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let [at, star, resumeAt] = [0, -1, 0];
  for (let position = 0; position < text.length; ) {
    if (pattern[at] === '*') {
      star = at++;
      resumeAt = position;
    } else if (pattern[at] === '?' || pattern[at] === text[position]) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++resumeAt;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

/** An ARN has six parts; the last one, the resource, may hold colons of its own. */
const arnParts = 6;

/**
 * Whether an ARN is what an ARN pattern describes. Each of the six parts is compared on its own, so
 * that a `*` reaches no further than its part (IAM User Guide, "ARN condition operators").
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const [patterns, parts] = [partsOf(pattern), partsOf(arn)];
  return (
    patterns.length === arnParts &&
    parts.length === arnParts &&
    patterns.every((part, index) => matchesGlob(part, parts[index] ?? ''))
  );
}

/**
 * Whether a pattern holds a policy variable such as `${aws:username}`. None is expanded here, and a
 * pattern with one matches nothing: read literally, it would match a database user of that name.
 */
export function hasPolicyVariable(pattern: string): boolean {
  return pattern.includes('${');
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length < arnParts
    ? parts
    : [...parts.slice(0, arnParts - 1), parts.slice(arnParts - 1).join(':')];
}
