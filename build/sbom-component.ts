import { Enums, Models, SPDX } from '@cyclonedx/cyclonedx-library';
import type { BundledPackage } from './bundled-packages.ts';

/**
 * A bundled package as a component. `integrity` is that of its tarball, from the lockfile; `bundles` are
 * the names of the bundles that hold something of it.
 *
 * @throws Error where the integrity is not a SHA-512.
 */
export function sbomComponent(
  { name, version, licence }: BundledPackage,
  integrity: string | undefined,
  bundles: readonly string[] = [],
): Models.Component {
  const id = `${name}@${version}`;
  const [, group, plainName = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  return new Models.Component(Enums.ComponentType.Library, plainName, {
    ...(group === undefined ? {} : { group }),
    version,
    bomRef: id,
    purl: `pkg:npm/${id.replace(/^@/, '%40')}`,
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm['SHA-512'], sha512Of(id, integrity)]]),
    licenses: new Models.LicenseRepository([licenceOf(licence)]),
    properties: new Models.PropertyRepository(
      bundles.map((bundle) => new Models.Property('tokenvend:bundle', bundle)),
    ),
  });
}

function sha512Of(id: string, integrity = ''): string {
  const base64 = /^sha512-([A-Za-z0-9+/]{86}==)$/.exec(integrity)?.[1];
  if (base64 === undefined) throw new Error(`package-lock.json has no SHA-512 for ${id}.`);
  return Buffer.from(base64, 'base64').toString('hex');
}

/** An identifier of SPDX where it is one; else an expression of several. */
function licenceOf(licence: string): Models.License {
  return SPDX.isSupportedSpdxId(licence)
    ? new Models.SpdxLicense(licence)
    : new Models.LicenseExpression(licence);
}
