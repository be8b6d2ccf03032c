import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupRoots, readBundles, renderFiles } from '../../../certificates/bundles.ts';
import { parseRoots, type Root } from '../../../certificates/root.ts';
import { amazonPem, canadaWestPem, in2026, pemNamed, regionPem } from './sample-pem.ts';

const roots = parseRoots(regionPem('eu-west-1') + regionPem('us-east-1') + amazonPem(), in2026);

describe('renderFiles', () => {
  it('writes a file for each bundle, the global one and the index', () => {
    const files = renderFiles(groupRoots(roots));

    expect([...files.keys()]).toEqual([
      'amazon-roots.pem',
      'eu-west-1.pem',
      'global.pem',
      'us-east-1.pem',
      'index.json',
    ]);
    expect(files.get('eu-west-1.pem')).toBe(regionPem('eu-west-1'));
  });

  it('gives the same bytes in whatever order, and however often, the roots come', () => {
    const expected = [...renderFiles(groupRoots(roots))];
    const shuffled = fc.shuffledSubarray([...roots, ...roots], {
      minLength: 2 * roots.length,
    });

    fc.assert(
      fc.property(shuffled, (order) => {
        expect([...renderFiles(groupRoots(order))]).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('puts the commercial regions into global, and neither Amazon Trust nor another partition', () => {
    const [canadaWest] = parseRoots(canadaWestPem, in2026);
    const inGovCloud = { ...canadaWest, bundle: 'us-gov-west-1' } as Root;

    const files = renderFiles(groupRoots([...roots, inGovCloud]));

    expect(files.get('global.pem')).toBe(regionPem('eu-west-1') + regionPem('us-east-1'));
  });

  it('writes no global bundle where no commercial region is on board', () => {
    const files = renderFiles(groupRoots(parseRoots(amazonPem(), in2026)));

    expect([...files.keys()]).toEqual(['amazon-roots.pem', 'index.json']);
  });

  it('records the SHA-256 of the file and what is in it', () => {
    const files = renderFiles(groupRoots(roots));

    const sha256 = createHash('sha256').update(regionPem('eu-west-1')).digest('hex');
    const index = JSON.parse(files.get('index.json') ?? '');
    expect(index.bundles['eu-west-1']).toMatchObject({
      sha256,
      roots: [
        { keyAlgorithm: 'EC secp384r1', notAfter: '2121-05-20T17:58:07.000Z' },
        { keyAlgorithm: 'RSA 2048', notAfter: '2061-05-20T17:49:12.000Z' },
        { keyAlgorithm: 'RSA 4096', notAfter: '2121-05-20T17:53:54.000Z' },
      ],
    });
  });

  it('refuses to empty a bundle', () => {
    const nothing = new Map([...groupRoots(roots), ['eu-west-1', []] as const]);

    expect(() => renderFiles(nothing)).toThrow(expect.objectContaining({ code: 'bundle-empty' }));
  });
});

describe('readBundles', () => {
  it('reads back what was written', () => {
    const files = renderFiles(groupRoots(roots));

    const bundles = readBundles((file) => files.get(file), in2026);

    expect([...renderFiles(bundles)]).toEqual([...files]);
  });

  it('drops a root that has expired since', () => {
    const text = pemNamed('Amazon RDS eu-west-1 2019 CA') + regionPem('eu-west-1');

    const bundles = readBundles((file) => (file === 'eu-west-1.pem' ? text : undefined), in2026);

    expect(bundles.get('eu-west-1')).toHaveLength(3);
  });
});
