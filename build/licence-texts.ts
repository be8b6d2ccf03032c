import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundledPackage } from './bundled-packages.ts';

/**
 * What a package's licence asks to be passed on: its licence files and notices; else what its README
 * says; else the licence's standard text with the name that the package gives.
 *
 * Rejects where there is nothing of it, and the licence has no text here.
 */
export async function licenceText(root: string, from: BundledPackage): Promise<string> {
  const names = (await readdir(from.folder)).sort();
  const files = names.filter((name) => /^(licen[cs]e|copying|notice)(\.\w+)?$/i.test(name));
  if (files.length > 0) return joined(await Promise.all(files.map((name) => textOf(from, name))));
  const readme = names.find((name) => /^readme(\.\w+)?$/i.test(name));
  const section = readme === undefined ? undefined : sectionIn(await textOf(from, readme));
  return section ?? standardText(root, from);
}

const textOf = async ({ folder }: BundledPackage, name: string): Promise<string> =>
  normal(await readFile(join(folder, name), 'utf8'));

const normal = (text: string): string => text.replaceAll('\r\n', '\n').trim();
const joined = (texts: readonly string[]): string => texts.join('\n\n');

/** A shorter one only names the licence. Characters. */
const leastSection = 400;

function sectionIn(readme: string): string | undefined {
  const section = /^#+\s*licen[cs]e\s*$([\s\S]*?)(?=^#|$(?![\s\S]))/im.exec(readme)?.[1]?.trim();
  return section !== undefined && section.length >= leastSection ? section : undefined;
}

async function standardText(root: string, from: BundledPackage): Promise<string> {
  const { name, licence, author } = from;
  // Our own is the same, and the text names no copyright holder.
  if (licence === 'Apache-2.0') return normal(await readFile(join(root, 'LICENSE'), 'utf8'));
  if (licence === 'MIT') return mitText(author || `the authors of ${name}`);
  if (needsNoNotice.has(licence)) return `${licence}: to be used without conditions.`;
  throw new Error(`${name} (${licence}) comes without the text of its licence.`);
}

const needsNoNotice: ReadonlySet<string> = new Set(['0BSD', 'MIT-0', 'Unlicense']);

/** https://spdx.org/licenses/MIT.html */
const mitText = (holder: string): string => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction, including
without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO
EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR
THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
