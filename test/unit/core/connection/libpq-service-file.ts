/**
 * Reads one section as libpq does (`fe-connect.c`, `parseServiceFile`): no quotes, no escapes, spaces
 * dropped at both ends of a line, `#` a comment at its start, and a line of 1,023 bytes with its line
 * feed refused. Written from those rules, not from the code under test.
 */
export function readService(file: string, service: string): Map<string, string> {
  const settings = new Map<string, string>();
  let inSection = false;
  for (const raw of file.split('\n')) {
    if (Buffer.byteLength(raw) + 1 >= 1023) throw new Error('line too long in service file');
    const line = raw.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '');
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('[')) {
      if (inSection) break;
      inSection = line.startsWith(`[${service}]`);
    } else if (inSection) {
      const at = line.indexOf('=');
      if (at < 0) throw new Error('syntax error in service file');
      if (!settings.has(line.slice(0, at))) settings.set(line.slice(0, at), line.slice(at + 1));
    }
  }
  return settings;
}
