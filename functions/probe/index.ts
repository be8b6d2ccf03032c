import { createProbeHandler } from './handler.ts';
import { probeDependencies } from './wire.ts';

/** The entry point that Lambda calls. */
export const handler = createProbeHandler(probeDependencies(process.env));
