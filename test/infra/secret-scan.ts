/** What looks like a secret, by kind. Made-up ones are told apart by {@link isMadeUp}. */
const kinds: Readonly<Record<string, RegExp>> = {
  // In a source file the line feeds may be written `\n`, and in a diff a plus follows them.
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\n|[\s+-])*[A-Za-z0-9+/]{40,}/g,
  'private JSON Web Key': /"d":\s*"[A-Za-z0-9_-]{43,}"/g,
  'AWS access key id': /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  JWT: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{20,}/g,
  'GitHub token': /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})/g,
  'npm token': /\bnpm_[A-Za-z0-9]{36}\b/g,
};

/** Secrets in a text: the kind and the beginning of each, since whoever reads a report need not have the rest. */
export function secretsIn(text: string): readonly string[] {
  return Object.entries(kinds).flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)]
      .filter(([found]) => !isMadeUp(found))
      .map(([found]) => `${kind} ${found.slice(0, 12)}…`),
  );
}

/** AWS documents the first two; the others are of tests here, and no key of anybody's. */
const madeUpKeys: ReadonlySet<string> = new Set([
  'AKIAIOSFODNN7EXAMPLE',
  'ASIAIOSFODNN7EXAMPLE',
  'ASIAIOSFODNN7ANOTHER',
  'ASIAI44QH8DHBEXAMPLE',
  'AKIAAAAAAAAAAAAAAAAA',
  'ASIAAAAAAAAAAAAAAAAA',
  'ASIAAFTERRESTORE0000',
  'ASIALOCALLAMBDA00000',
  'ASIAUNKNOWNUNKNOWN22',
]);

/** A made-up JWT has words where the signature would be, which no key ever writes. */
function isMadeUp(found: string): boolean {
  if (!found.startsWith('eyJ')) return madeUpKeys.has(found);
  const signature = found.slice(found.lastIndexOf('.') + 1);
  return /^[ -~]+$/.test(Buffer.from(signature, 'base64url').toString('latin1'));
}
