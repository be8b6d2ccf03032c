import type { Explained } from '../judge.ts';

/** What survives in what gives a registry its shape, and compiles it. */
export const compilingSurvivors: readonly Explained[] = [];
