/** Secrets of a test run, and the search for them. */
export interface Canaries {
  plant(name: string, secret: string): void;
  /** Names of the secrets that `text` holds: as they are, or encoded for URLs, JSON or in base64. */
  in(text: string): readonly string[];
  /** Of everything planted so far. */
  names(): readonly string[];
}

interface Planted {
  readonly name: string;
  readonly forms: readonly string[];
}

/** Shorter ones would be found in texts that do not hold them. */
const minLength = 8;

export function canaries(): Canaries {
  const planted: Planted[] = [];
  return {
    plant: (name, secret) => {
      if (secret.length < minLength) throw new Error(`${name} is too short to be searched for`);
      planted.push({ name, forms: formsOf(secret) });
    },
    in: (text) => namesOf(planted.filter(({ forms }) => forms.some((one) => text.includes(one)))),
    names: () => namesOf(planted),
  };
}

function formsOf(secret: string): readonly string[] {
  // What base64 ends in depends on the text that follows.
  const [base64, base64url] = (['base64', 'base64url'] as const).map((encoding) =>
    Buffer.from(secret).toString(encoding).slice(0, -4),
  );
  const encoded = [encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  return [secret, ...encoded, base64 ?? secret, base64url ?? secret];
}

function namesOf(found: readonly Planted[]): string[] {
  return [...new Set(found.map(({ name }) => name))].sort();
}
