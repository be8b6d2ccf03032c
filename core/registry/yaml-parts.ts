import {
  Composer,
  type CST,
  type Document,
  Lexer,
  type LineCounter,
  Parser,
  YAMLParseError,
} from 'yaml';

/** Entries of a section that make a part. Ours: what a document costs by itself is lost among them. */
const defaultEntriesPerPart = 100;

/**
 * Reads YAML as documents that are each small enough to be forgotten: the library's tree of a file is
 * thirty times its text. Every part has some entries of one section below that section's own heading, and the last
 * part all that is left. Offsets are those of the whole text. A key may stand in two parts, a heading in many.
 */
export function* yamlParts(
  text: string,
  lines: LineCounter,
  entriesPerPart = defaultEntriesPerPart,
): Generator<Document.Parsed> {
  const parser = new Parser(lines.addNewLine);
  const left: CST.Token[] = [];
  let isFirst = true;
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      left.push(token);
      isFirst &&= token.type !== 'document';
    }
    const part = isFirst ? takeFinished(parser.stack, entriesPerPart) : undefined;
    if (part !== undefined) yield compose([part], text.length);
  }
  for (const token of parser.end()) left.push(token);
  yield compose(left, text.length);
}

/**
 * Takes the finished entries of the section that is being read out of the parser's stack, once there are
 * many. The last entry may grow, and the parser may still add a comment to the one before it: both stay.
 */
function takeFinished(
  [document, top, section]: readonly CST.Token[],
  count: number,
): CST.Document | undefined {
  if (document?.type !== 'document' || top?.type !== 'block-map') return undefined;
  if (section?.type !== 'block-map' || section.items.length < count + 2) return undefined;
  const heading = top.items.at(-1);
  // What has no colon yet is a key, which may be a map as well.
  if (heading?.sep === undefined) return undefined;
  const finished = mapOf(section, section.items.splice(0, count));
  Object.assign(section, mapOf(section, section.items));
  const value = mapOf(top, [{ ...heading, value: finished }]);
  return { ...document, start: [], value };
}

/** A map with some of its entries. It begins with them: the library measures the length of a key from there. */
function mapOf(map: CST.BlockMap, items: CST.BlockMap['items']): CST.BlockMap {
  const [first] = items;
  const token = first && (first.start[0] ?? first.key ?? first.sep?.[0]);
  return { ...map, offset: token?.offset ?? map.offset, items };
}

/** As the library's `parseDocument` does, of a text that is in tokens already. */
function compose(tokens: readonly CST.Token[], length: number): Document.Parsed {
  const [document, another] = new Composer(options).compose(tokens, true, length);
  if (document === undefined) throw new Error('the library composed no document');
  if (another !== undefined) {
    const [start, end] = another.range;
    document.errors.push(new YAMLParseError([start, end], 'MULTIPLE_DOCS', ''));
  }
  return document;
}

/** YAML 1.2, core schema: `no` is a text. */
const options = {
  version: '1.2',
  schema: 'core',
  merge: false,
  stringKeys: true,
  // The library compares each key with all others; `plain-values.ts` does it for a hundred thousand.
  uniqueKeys: false,
} as const;
