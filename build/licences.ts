import type { BundledPackage } from './bundled-packages.ts';

/**
 * Licences, by SPDX identifier, whose conditions a text file beside the bundle meets. Any other has to be
 * read by somebody before it is added: some ask for the source of what is linked.
 */
const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

/**
 * Whether an SPDX expression lets us publish: one side of an `OR` is enough, of an `AND` it takes both.
 * Anything more complicated than that is not allowed.
 */
export function isAllowed(licence: string): boolean {
  const plain = licence.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(plain)) return false;
  return plain
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => allowed.has(one.trim())));
}

/** @throws Error naming every package whose licence is not known to be allowed. */
export function requireAllowed(packages: readonly BundledPackage[]): void {
  const refused = packages.filter(({ licence }) => !isAllowed(licence));
  if (refused.length === 0) return;
  const names = refused.map(({ name, version, licence }) => `${name}@${version} (${licence})`);
  throw new Error(`The licences of these packages are not allowed: ${names.join(', ')}`);
}
