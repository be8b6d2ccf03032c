import type { Explained } from '../judge.ts';
import { coreSurvivors } from './core.ts';
import { extensionSurvivors } from './extension.ts';
import { functionSurvivors } from './functions.ts';

/** Every mutant that may survive, of every package. */
export const survivors: readonly Explained[] = [
  ...coreSurvivors,
  ...functionSurvivors,
  ...extensionSurvivors,
];
