import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { emulator } from '../rie/emulator-subject.ts';
import { expectedOf, intendedDifferences, rows } from '../rie/rows.ts';
import { scenarios } from '../rie/scenarios.ts';
import { play } from '../rie/stage.ts';

const decision = new URL(
  '../../docs/decisions/0010-lambda-emulator-differences.md',
  import.meta.url,
);

describe('the Lambda emulator, row by row', () => {
  it.each(Object.entries(scenarios))('is like the RIE where asked to: %s', async (name, played) => {
    const seen = await play(emulator('rie'), played);

    expect(seen).toEqual(expectedOf(name, 'rie'));
  });

  it.each(Object.entries(scenarios))('is like Lambda otherwise: %s', async (name, scenario) => {
    const seen = await play(emulator('lambda'), scenario);

    expect(seen).toEqual(expectedOf(name, 'lambda'));
  });
});

describe('the table of rows', () => {
  it('has a part for every scenario, and no other', () => {
    expect(Object.keys(rows).sort()).toEqual(Object.keys(scenarios).sort());
  });

  it('has every intended difference in the decision, and no other', async () => {
    const text = await readFile(decision, 'utf8');

    const listed = [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);

    expect(listed.sort()).toEqual(intendedDifferences().sort());
  });
});
