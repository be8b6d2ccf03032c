import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../certificates/renewal-options.ts';

describe('parseOptions', () => {
  it('takes all official bundles when nothing is said', () => {
    expect(parseOptions([])).toEqual({
      source: { kind: 'official' },
      bundles: [],
      allowRemovals: false,
      directory: undefined,
    });
  });

  it('reads the names of bundles among flags', () => {
    expect(parseOptions(['ca-west-1', '--allow-removals', 'amazon-roots'])).toMatchObject({
      bundles: ['ca-west-1', 'amazon-roots'],
      allowRemovals: true,
    });
  });

  it('reads a file for one bundle', () => {
    expect(parseOptions(['--from-file', 'eusc.pem', 'eusc-de-east-1'])).toMatchObject({
      source: { kind: 'file', path: 'eusc.pem', bundle: 'eusc-de-east-1' },
    });
  });

  it.each([
    ['a flag it does not know', ['--force']],
    ['a region it does not know', ['atlantis-1']],
    ['a path as a name', ['../eu-west-1']],
    ['global, which is put together from the regions', ['global']],
    ['a file without a bundle', ['--from-file', 'some.pem']],
    ['a file for two bundles', ['--from-file', 'some.pem', 'eu-west-1', 'eu-west-2']],
    ['two sources', ['--from-npm', '--from-file', 'some.pem', 'eu-west-1']],
  ])('refuses %s', (_what, args) => {
    expect(() => parseOptions(args)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
