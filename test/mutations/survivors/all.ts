import type { Explained } from '../judge.ts';

export const survivors: readonly Explained[] = [];
