/** A verb, and the words that may follow it. */
export interface CompletedVerb {
  readonly name: string;
  readonly summary: string;
  readonly words: readonly string[];
}

/**
 * The script for each shell. The words come from our own source, and hold nothing that a shell takes
 * for its own; the summaries stand in quotes.
 */
export const scripts: ReadonlyMap<string, (verbs: readonly CompletedVerb[]) => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);

/** After a value or a `--`, bash goes on with files. */
function bash(verbs: readonly CompletedVerb[]): string {
  const cases = verbs.map(({ name, words }) => `    ${name}) words="${words.join(' ')}" ;;\n`);
  return `_tokenvend() {
  local words current="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${verbs.map(({ name }) => name).join(' ')} help --help --version"
  else
    case "\${COMP_WORDS[1]}" in
${cases.join('')}    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _tokenvend tokenvend
`;
}

function zsh(verbs: readonly CompletedVerb[]): string {
  const names = verbs.map(({ name, summary }) => `    ${inQuotes(`${name}:${summary}`)}\n`);
  const cases = verbs.map(({ name, words }) => `    ${name}) compadd -- ${words.join(' ')} ;;\n`);
  return `#compdef tokenvend
_tokenvend() {
  local -a verbs
  verbs=(
${names.join('')}  )
  if (( CURRENT == 2 )); then
    _describe 'verb' verbs
    return
  fi
  case "$words[2]" in
${cases.join('')}  esac
  _files
}
compdef _tokenvend tokenvend
`;
}

function fish(verbs: readonly CompletedVerb[]): string {
  const named = verbs.map(
    ({ name, summary }) =>
      `complete -c tokenvend -n __fish_use_subcommand -a ${name} -d ${inQuotes(summary)}\n`,
  );
  const flags = verbs.flatMap(({ name, words }) => {
    const after = `complete -c tokenvend -n '__fish_seen_subcommand_from ${name}'`;
    return words.map((word) =>
      word.startsWith('--') ? `${after} -l ${word.slice(2)}\n` : `${after} -a ${word}\n`,
    );
  });
  return [...named, ...flags].join('');
}

const inQuotes = (text: string): string => `'${text.replaceAll("'", '’')}'`;
