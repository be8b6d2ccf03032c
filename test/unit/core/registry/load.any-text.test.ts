import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRegistry } from '../../../../core/registry/load.ts';
import { anyCharacter } from '../../../builders/any-character.ts';
import { aRegistryFile } from '../../../builders/registry-files.ts';

describe('loading', () => {
  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), (text) => {
        expect(loadRegistry([{ file: 'a.yaml', text }]).ok).toBe(false);
      }),
    );
  });

  it('never throws on a registry with a part cut out or doubled', () => {
    const { text } = aRegistryFile();
    const position = fc.nat({ max: text.length });

    fc.assert(
      fc.property(position, position, fc.boolean(), (one, other, double) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const part = double ? text.slice(from, to) : '';
        const changed = text.slice(0, to) + part + text.slice(double ? to : to + (to - from));

        expect(typeof loadRegistry([{ file: 'a.yaml', text: changed }]).ok).toBe('boolean');
      }),
    );
  });
});
