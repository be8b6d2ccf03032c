import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCaBundles } from '../../../adapters/ca-bundles.ts';
import { readBundles, renderFiles } from '../../../certificates/bundles.ts';
import { globalRegions } from '../../../certificates/regions.ts';

const directory = join(import.meta.dirname, '../../../certificates');
const bundles = createCaBundles({ directory });
const regions = bundles.names().filter((name) => name !== 'global' && name !== 'amazon-roots');

/** Long enough for a release, and for every team to take it. */
const warningDays = 90;
const dayMs = 86_400_000;

describe('the bundles on board', () => {
  it('are the files in the folder: no more, no less', () => {
    const files = readdirSync(directory).filter((file) => file.endsWith('.pem'));

    expect(files.sort()).toEqual(bundles.names().map((name) => `${name}.pem`));
  });

  it('are byte for byte what the update script makes of their roots, index included', () => {
    const read = (file: string): string => readFileSync(join(directory, file), 'utf8');
    const present = new Set(readdirSync(directory));

    const files = renderFiles(
      readBundles((file) => (present.has(file) ? read(file) : undefined), new Date(0)),
    );

    for (const [file, text] of files) expect(read(file) === text, `${file} differs`).toBe(true);
  });

  it.each(bundles.names())('%s holds roots only: CAs that signed themselves', (name) => {
    for (const root of rootsOf(name)) {
      expect(root.ca, root.subject).toBe(true);
      expect(root.checkIssued(root), root.subject).toBe(true);
      expect(root.verify(root.publicKey), root.subject).toBe(true);
    }
  });

  it.each(regions)('%s holds the roots of this region, for each key algorithm', (region) => {
    const names = rootsOf(region).map(commonNameOf);

    for (const name of names) expect(name).toMatch(`Amazon RDS ${region} Root CA `);
    for (const algorithm of ['RSA2048', 'RSA4096', 'ECC384']) {
      expect(names).toContainEqual(expect.stringContaining(` ${algorithm} `));
    }
  });

  it('amazon-roots holds what signs for RDS Proxy', () => {
    expect(rootsOf('amazon-roots').map(commonNameOf)).toEqual([
      'Amazon Root CA 1',
      'Amazon Root CA 2',
      'Amazon Root CA 3',
      'Amazon Root CA 4',
      'Starfield Services Root Certificate Authority - G2',
    ]);
  });

  it.each([...regions, 'global'])(
    '%s trusts no public root, with which anyone may have a certificate signed',
    (name) => {
      const publicRoots = new Set(rootsOf('amazon-roots').map(fingerprintOf));

      expect(rootsOf(name).filter((root) => publicRoots.has(fingerprintOf(root)))).toEqual([]);
    },
  );

  it('global holds the roots of the commercial regions, each once', () => {
    const commercial = regions.filter((region) => globalRegions.includes(region));

    expect(rootsOf('global').map(fingerprintOf).sort()).toEqual(
      commercial.flatMap(rootsOf).map(fingerprintOf).sort(),
    );
  });

  // The real clock, on purpose: this test is the alarm.
  it.each(bundles.names())(`%s is good for ${warningDays} days from today`, (name) => {
    const limit = new Date(Date.now() + warningDays * dayMs);

    const due = rootsOf(name)
      .filter(({ validToDate }) => validToDate < limit)
      .map((root) => `${commonNameOf(root)} expires on ${root.validTo}`);

    expect(due, `run: node certificates/update.ts ${name === 'global' ? '' : name}`).toEqual([]);
  });
});

function rootsOf(name: string): X509Certificate[] {
  const pem = bundles.find(name)?.pem ?? '';
  return pem
    .split(/(?<=-----END CERTIFICATE-----\n)/)
    .filter((block) => block !== '')
    .map((block) => new X509Certificate(block));
}

function commonNameOf(certificate: X509Certificate): string {
  return /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '';
}

function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256;
}
