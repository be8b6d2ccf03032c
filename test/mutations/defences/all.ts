import { adapterDefences } from './adapters.ts';
import { coreDefences } from './core.ts';
import type { Defence } from './defence.ts';
import { edgeDefences } from './edges.ts';

/** At least one for every attack of docs/security.md that is answered in code. */
export const defences: readonly Defence[] = [...coreDefences, ...adapterDefences, ...edgeDefences];
