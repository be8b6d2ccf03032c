import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VendError } from '../../core/errors.ts';
import { parseDocument } from '../../core/registry/document.ts';
import { type LoadedRegistry, loadRegistry } from '../../core/registry/load.ts';
import { readYamlFile } from '../../core/registry/yaml-file.ts';
import { aCompiledRegistry } from '../builders/registry-files.ts';
import { fuzz } from './fuzz.ts';
import { expectSound } from './registry-invariants.ts';
import {
  editedDocuments,
  editedRegistries,
  registryTexts,
  richRegistry,
  sectionTexts,
} from './registry-texts.ts';
import { within } from './time-limit.ts';

/** A hundred times what the slowest takes alone, for a machine that has other work. */
const limitMs = 10_000;

function load(...texts: readonly string[]): LoadedRegistry {
  const sources = texts.map((text, index) => ({ file: `${index}.yaml`, text }));
  return within(limitMs, () => loadRegistry(sources));
}

const readIn = (text: string, entriesPerPart: number) =>
  within(limitMs, () => readYamlFile({ file: 'a.yaml', text }, entriesPerPart));

function expectSoundOrRefused(loaded: LoadedRegistry): void {
  if (loaded.ok) {
    expectSound(loaded.document);
    return;
  }
  expect(loaded.problems.some(({ severity }) => severity === 'error')).toBe(true);
  for (const { line, message } of loaded.problems) {
    expect(line).toBeGreaterThan(0);
    expect(message).not.toBe('');
  }
}

describe('the registry loader', () => {
  fuzz(
    'gives a sound registry or says what is wrong, whatever the text',
    fc.property(registryTexts, (text) => expectSoundOrRefused(load(text))),
  );

  fuzz(
    'gives a sound registry or says what is wrong, whatever was changed in one',
    fc.property(editedRegistries, (text) => expectSoundOrRefused(load(text))),
  );

  fuzz(
    'does the same with several files',
    fc.property(registryTexts, editedRegistries, (one, other) => {
      expectSoundOrRefused(load(one, other, 'version: 1\n'));
    }),
  );

  fuzz(
    'accepts the same texts as the same values, whether a file is read whole or entry by entry',
    fc.property(fc.oneof(registryTexts, sectionTexts), (text) => {
      const [whole, inParts] = [readIn(text, Number.POSITIVE_INFINITY), readIn(text, 1)];

      expect(inParts.problems.length > 0).toBe(whole.problems.length > 0);
      if (whole.problems.length === 0) expect(inParts.value).toEqual(whole.value);
    }),
  );

  it('is given registries of which some load and some do not', () => {
    const outcomes = fc
      .sample(editedRegistries, { seed: 1, numRuns: 300 })
      .map((text) => load(text).ok);

    expect(load(richRegistry)).toMatchObject({ ok: true, warnings: [] });
    expect(outcomes).toContain(true);
    expect(outcomes).toContain(false);
  });
});

describe('the reader of compiled registries', () => {
  const document = aCompiledRegistry();

  fuzz(
    'takes a document or refuses it whole, without a word of it',
    fc.property(editedDocuments(document), (text) => {
      const outcome = within(limitMs, () => outcomeOf(() => parseDocument(text)));

      if (outcome instanceof VendError) expect(outcome.reason).toBe('registry-unavailable');
      else expect(outcome).toEqual(JSON.parse(text));
    }),
  );
});

function outcomeOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof VendError) return error;
    throw error;
  }
}
