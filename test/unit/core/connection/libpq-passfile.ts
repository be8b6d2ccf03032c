/** What a connection is about to be opened with, each as the text that libpq compares. */
export interface Login {
  readonly host: string;
  readonly port: string;
  readonly dbname: string;
  readonly user: string;
}

/**
 * Looks a password up as libpq does (PostgreSQL manual, "The Password File"; `fe-connect.c`): the first
 * line that matches counts, a lone `*` matches everything, and a backslash takes the next character as
 * it is. Written from those rules, not from the code under test.
 */
export function passwordFrom(file: string, login: Login): string | undefined {
  for (const line of file.split('\n').map((one) => one.replace(/\r+$/, ''))) {
    if (line === '' || line.startsWith('#')) continue;
    const rest = [login.host, login.port, login.dbname, login.user].reduce(afterMatch, line);
    if (rest !== undefined) return unescaped(rest);
  }
  return undefined;
}

/** What follows the first field of `line`, if that field is a wildcard or says `wanted`. */
function afterMatch(line: string | undefined, wanted: string): string | undefined {
  if (line === undefined) return undefined;
  if (line.startsWith('*:')) return line.slice(2);
  let at = 0;
  for (const character of wanted) {
    if (line[at] === '\\') at += 1;
    if (!line.startsWith(character, at)) return undefined;
    at += character.length;
  }
  return line[at] === ':' ? line.slice(at + 1) : undefined;
}

function unescaped(field: string): string {
  let password = '';
  for (let at = 0; at < field.length && field[at] !== ':'; at += 1) {
    if (field[at] === '\\' && at + 1 < field.length) at += 1;
    password += field[at];
  }
  return password;
}
