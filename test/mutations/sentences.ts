/** The part of Babel's syntax tree that is looked at. */
interface Place {
  readonly node: {
    readonly type: string;
    readonly value?: unknown;
    readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
  };
}

/**
 * A plugin of Stryker's: no mutants within sentences. They are for people, and tests assert codes and
 * places. Other texts are mutated: names of headers, actions and claims are not for people.
 */
export const strykerPlugins = [
  { kind: 'Ignore', name: 'sentences', value: { shouldIgnore } },
] as const;

function shouldIgnore({ node }: Place): string | undefined {
  return sentence.test(textOf(node)) ? 'A sentence for people: tests assert codes.' : undefined;
}

/** From a capital letter, or a value that is filled in, to a full stop, with a space between. */
const sentence = /^[A-Z$].* .*\.$/s;

function textOf({ type, value, quasis }: Place['node']): string {
  if (type === 'StringLiteral') return String(value);
  return type === 'TemplateLiteral' ? (quasis ?? []).map((quasi) => quasi.value.raw).join('$') : '';
}
