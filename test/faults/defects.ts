import { ignoredSuspension } from './ignored-suspension.ts';
import { type Law, laws } from './laws/violations.ts';
import type { PlantedDefect } from './plant.ts';
import { plantedDefects } from './plants.ts';

/** A defect, and the law that it breaks. */
export interface NamedDefect extends PlantedDefect {
  readonly name: string;
  readonly law: Law;
}

/** One for each law, and others that a law must not overlook. */
export const defects: readonly NamedDefect[] = [
  ...laws.map((law) => ({ name: `of ${law}`, law, ...plantedDefects[law] })),
  { name: 'an ignored suspension', law: 'granted-token', ...ignoredSuspension },
];
