import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** The text of a source file of this repository and of all that it imports from it, by path. */
export function importClosure(entry: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const visit = (file: string): void => {
    if (texts.has(file)) return;
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    texts.set(file, text);
    for (const imported of relativeImports(text)) {
      visit(posix.join(posix.dirname(file), imported));
    }
  };
  visit(entry);
  return texts;
}

function relativeImports(text: string): string[] {
  const statements = text.matchAll(/^(?:import|export|\})[^;'"]*?'(\.[^']+)'/gm);
  return [...statements].map(([, path = '']) => path);
}
