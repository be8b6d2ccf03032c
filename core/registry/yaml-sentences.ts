/**
 * What to do about each fault of a YAML file. The library's own texts are not passed on: some of them
 * quote the file.
 */
export function sentenceOf(code: string): string {
  return sentences.get(code) ?? `This is not valid YAML (${code}); correct the syntax here.`;
}

const writeItOut = 'write the value out, so that every grant can be read where it stands.';

const sentences: ReadonlyMap<string, string> = new Map([
  ['ALIAS', `Aliases (*name) are not accepted; ${writeItOut}`],
  ['BAD_ALIAS', `Aliases (*name) are not accepted; ${writeItOut}`],
  ['ANCHOR', `Anchors (&name) are not accepted; ${writeItOut}`],
  ['MERGE', `Merge keys (<<) are not accepted; ${writeItOut}`],
  ['TAG', 'Tags (!name) are not accepted; remove the tag, and quote the value if it is text.'],
  ['DIRECTIVE', 'Directives (%YAML) are not accepted; remove the line: files are YAML 1.2.'],
  ['PROTO', 'The key __proto__ is not accepted; use another name.'],
  ['DUPLICATE_KEY', 'This key stands twice in the same map; remove one, or rename it.'],
  ['NON_STRING_KEY', 'A key must be a plain word or a quoted string.'],
  ['MULTIPLE_DOCS', 'A file holds one document; move what follows the second --- to its own file.'],
  ['NOT_A_MAP', 'The file must be a map with version, issuers, teams or databases.'],
  ['TAB_AS_INDENT', 'Indent with spaces instead of tabs.'],
  ['BAD_INDENT', 'The indentation does not fit what stands above; align this line.'],
  ['RESOURCE_EXHAUSTION', 'The file is nested too deeply to be a registry.'],
  ['TOO_LONG', 'The file is longer than 50 MiB; split it into several files of one folder.'],
]);
