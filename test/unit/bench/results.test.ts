import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readResults, withSuite, writeResults } from '../../../bench/results.ts';
import { aMeasurement } from './measurements.ts';

const named = (...names: string[]) => names.map((name) => aMeasurement({ name }));
const namesOf = (results: readonly { readonly name: string }[]) => results.map(({ name }) => name);

describe('withSuite', () => {
  it("replaces all rows of a suite where they stood, and leaves other suites' alone", () => {
    const results = named('vend: a', 'bundle: old', 'bundle: older', 'load: a');

    const merged = withSuite(results, 'bundle', named('bundle: new'));

    expect(namesOf(merged)).toEqual(['vend: a', 'bundle: new', 'load: a']);
  });

  it('adds a suite that has not run before', () => {
    const merged = withSuite(named('vend: a'), 'bundle', named('bundle: a'));

    expect(namesOf(merged)).toEqual(['vend: a', 'bundle: a']);
  });

  it('tells a suite from one whose name only begins the same', () => {
    const merged = withSuite(named('vending: a'), 'vend', named('vend: a'));

    expect(namesOf(merged)).toEqual(['vending: a', 'vend: a']);
  });
});

describe('the results file', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tokenvend-results-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives back what was written', async () => {
    const file = join(folder, 'results.json');

    await writeResults(file, named('vend: a'));

    expect(await readResults(file)).toEqual(named('vend: a'));
  });

  it('is empty before the first run', async () => {
    expect(await readResults(join(folder, 'results.json'))).toEqual([]);
  });

  it('is not overwritten as if it were empty when it cannot be understood', async () => {
    const file = join(folder, 'results.json');
    await writeFile(file, '{"vend":1}');

    await expect(readResults(file)).rejects.toBeInstanceOf(Error);
  });
});
