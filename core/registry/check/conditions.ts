import { membersOf, type PlacedMember, type RegistryDraft } from '../draft.ts';
import { readPattern } from '../pattern.ts';
import { error, type Finding, type Path } from '../problem.ts';

/** Every condition must say something, and a member must be found by one of them (`member-keys.ts`). */
export function checkConditions(draft: RegistryDraft): Finding[] {
  return membersOf(draft)
    .filter(({ member }) => member.issuer !== undefined)
    .flatMap((placed) => [
      ...subjectFindings(placed),
      ...claimFindings(placed),
      ...indexFindings(placed),
    ]);
}

function subjectFindings({ path, member }: PlacedMember): Finding[] {
  return member.subject === undefined ? [] : textFindings([...path, 'subject'], member.subject);
}

function claimFindings({ path, member }: PlacedMember): Finding[] {
  const claims = Object.entries(member.claims ?? {});
  if (member.claims !== undefined && claims.length === 0) {
    return [
      error([...path, 'claims'], 'Empty claims would check nothing; fill them in or remove them.'),
    ];
  }
  return claims.flatMap(([key, value]) => [
    ...keyFindings([...path, 'claims', key], key),
    ...valueFindings([...path, 'claims', key], value),
  ]);
}

/** Registered claims (RFC 7519 section 4.1) that have their own place, or differ in every token. */
const reserved: ReadonlyMap<string, string> = new Map([
  ['iss', 'The issuer is fixed by the key issuer; remove this claim.'],
  ['sub', 'Write the subject under the key subject instead.'],
  ['exp', 'This differs in every token; use notAfter to limit the member.'],
  ['nbf', 'This differs in every token; remove it.'],
  ['iat', 'This differs in every token; remove it.'],
  ['jti', 'This differs in every token; remove it.'],
]);

function keyFindings(path: Path, key: string): Finding[] {
  const message = reserved.get(key) ?? pointerProblem(key);
  return message === undefined ? [] : [error(path, message)];
}

/** RFC 6901 section 3: after `~` stands 0 or 1. */
function pointerProblem(key: string): string | undefined {
  return key.startsWith('/') && /~(?![01])/.test(key)
    ? 'In a JSON Pointer, write ~ as ~0 and a slash inside a name as ~1.'
    : undefined;
}

function valueFindings(path: Path, value: string | number | boolean): Finding[] {
  if (typeof value === 'string') return textFindings(path, value);
  // A9: beyond 2^53 different numbers become one. Callers' fractions are left out as well (`readClaim`).
  return typeof value === 'number' && !Number.isSafeInteger(value)
    ? [
        error(
          path,
          'Only whole numbers below 2^53 are compared; have the issuer send text, and quote it.',
        ),
      ]
    : [];
}

function textFindings(path: Path, text: string): Finding[] {
  const pattern = readPattern(text);
  return pattern.valid ? [] : [error(path, pattern.message)];
}

function indexFindings({ path, member }: PlacedMember): Finding[] {
  const hasExactClaim = Object.values(member.claims ?? {}).some(
    (value) => typeof value !== 'string' || !value.endsWith('*'),
  );
  return member.subject !== undefined || hasExactClaim
    ? []
    : [error(path, 'Give a subject, or at least one claim without a *.')];
}
