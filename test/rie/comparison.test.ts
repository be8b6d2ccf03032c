import { beforeAll, describe, expect, it } from 'vitest';
import { emulator } from './emulator-subject.ts';
import { rieProgram } from './rie-program.ts';
import { runtimeInterfaceEmulator } from './rie-subject.ts';
import { expectedOf } from './rows.ts';
import { scenarios } from './scenarios.ts';
import { play } from './stage.ts';

describe('the Runtime Interface Emulator', () => {
  let path = '';

  // Not skipped where it cannot be had: a comparison with nothing proves nothing.
  beforeAll(async () => {
    path = await rieProgram();
  });

  it.each(Object.entries(scenarios))('answers as the table says: %s', async (name, scenario) => {
    const seen = await play(runtimeInterfaceEmulator(path), scenario);

    expect(seen).toEqual(expectedOf(name, 'rie'));
  });

  it.each(Object.entries(scenarios))('is followed by ours in: %s', async (_, scenario) => {
    const theirs = await play(runtimeInterfaceEmulator(path), scenario);
    const ours = await play(emulator('rie'), scenario);

    expect(ours).toEqual(theirs);
  });
});
