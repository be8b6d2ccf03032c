/**
 * Reads option files as the clients of MySQL and MariaDB do (`mysys/my_default.c`; MySQL Reference
 * Manual, "Using Option Files"). Gives `group/option` and its value, in order; an option without one has
 * `undefined`. Written from those rules, not from the code under test.
 */
export function readOptions(file: string): (readonly [string, string | undefined])[] {
  const options: (readonly [string, string | undefined])[] = [];
  let group: string | undefined;
  for (const line of linesOf(file).map((one) => one.replace(/^\s+/, ''))) {
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    if (line.startsWith('!')) throw new Error('a directive');
    if (line.startsWith('[')) {
      group = line.slice(1, line.indexOf(']'));
      continue;
    }
    if (group === undefined) throw new Error('an option before any group');
    const [name, value] = optionOf(line.slice(0, commentAt(line)));
    options.push([`${group}/${name}`, value]);
  }
  return options;
}

/** `fgets` into 4,095 bytes: a longer line comes in pieces, and each piece counts as a line. */
function linesOf(file: string): string[] {
  const room = 4094;
  return file.split(/(?<=\n)/).flatMap((line) => {
    const bytes = Buffer.from(line);
    const pieces: string[] = [];
    for (let at = 0; at < bytes.length; at += room) {
      pieces.push(bytes.subarray(at, at + room).toString());
    }
    return pieces;
  });
}

/** Where a `#` stands that no quotes protect; within them a backslash protects a quote. */
function commentAt(line: string): number {
  let quote: string | undefined;
  let escaped = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if ((character === '"' || character === "'") && !escaped) {
      if (quote === undefined) quote = character;
      else if (quote === character) quote = undefined;
    }
    if (quote === undefined && character === '#') return at;
    escaped = quote !== undefined && character === '\\' && !escaped;
  }
  return line.length;
}

function optionOf(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=');
  if (at < 0) return [text.trimEnd(), undefined];
  const value = trimmed(text.slice(at + 1));
  const [first = ''] = value;
  const isQuoted = value.length > 1 && /["']/.test(first) && value.endsWith(first);
  return [text.slice(0, at).trimEnd(), unescaped(isQuoted ? value.slice(1, -1) : value)];
}

/** C's `isspace`, which knows ASCII only. */
const trimmed = (text: string): string => text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '');

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  s: ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/** An escape that is none keeps its backslash. */
const unescaped = (text: string): string =>
  text.replace(/\\([\s\S])/g, (both, next: string) => escapes[next] ?? both);
