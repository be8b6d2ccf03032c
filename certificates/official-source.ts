import type { Download } from './download.ts';
import { Refusal } from './refusal.ts';
import { officialUrls } from './regions.ts';
import { parseRoots, type Root } from './root.ts';

/**
 * Roots as AWS publishes them, bundle by bundle.
 *
 * A bundle that `mayBeAbsent` is passed over where AWS has none: a region is announced before its
 * truststore exists, and that must not keep all others from being renewed.
 *
 * @throws Refusal `not-published`, as the download, as `parseRoots`, and `unexpected-root` for a
 *   root that belongs to another bundle.
 */
export async function officialRoots(
  bundles: readonly string[],
  options: {
    readonly download: Download;
    readonly mayBeAbsent: (bundle: string) => boolean;
    readonly now: Date;
  },
): Promise<Root[]> {
  const roots: Root[] = [];
  for (const bundle of bundles) {
    try {
      const text = await textOf(bundle, options.download);
      roots.push(...onlyOf(bundle, parseRoots(text, options.now)));
    } catch (error) {
      const absent = error instanceof Refusal && error.code === 'not-published';
      if (!absent || !options.mayBeAbsent(bundle)) throw error;
    }
  }
  return roots;
}

/**
 * Insists that all roots belong to one bundle: a file mixed up on the way, by accident or not, must
 * not add a root to another region's clients.
 *
 * @throws Refusal `unexpected-root`, `bundle-empty`.
 */
export function onlyOf(bundle: string, roots: readonly Root[]): readonly Root[] {
  const stray = roots.find((root) => root.bundle !== bundle);
  if (stray !== undefined) {
    throw new Refusal('unexpected-root', `in the file for ${bundle}: ${stray.subject}`);
  }
  if (roots.length === 0) throw new Refusal('bundle-empty', `${bundle}: no valid root in the file`);
  return roots;
}

async function textOf(bundle: string, download: Download): Promise<string> {
  const urls = officialUrls(bundle);
  if (urls.length === 0) {
    throw new Refusal('not-published', `${bundle}: no public address known, use --from-file`);
  }
  const texts = await Promise.all(urls.map((url) => download(url)));
  return texts.join('\n');
}
