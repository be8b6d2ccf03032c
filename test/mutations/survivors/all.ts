import type { Explained } from '../judge.ts';
import { checkSurvivors } from './checks.ts';
import { compiledSurvivors } from './compiled.ts';
import { compilingSurvivors } from './compiling.ts';
import { coreSurvivors } from './core.ts';
import { extensionSurvivors } from './extension.ts';
import { functionSurvivors } from './functions.ts';
import { loadingSurvivors } from './loading.ts';

/** Every mutant that may survive, of every package. */
export const survivors: readonly Explained[] = [
  ...coreSurvivors,
  ...checkSurvivors,
  ...loadingSurvivors,
  ...compilingSurvivors,
  ...compiledSurvivors,
  ...functionSurvivors,
  ...extensionSurvivors,
];
