import type { Explained } from '../judge.ts';

/** What survives in what loads the files of a registry. */
export const loadingSurvivors: readonly Explained[] = [];
