import { createPublicHandler } from './handler.ts';
import { publicDependencies } from './wire.ts';

/** The entry point that Lambda calls. */
export const handler = createPublicHandler(publicDependencies(process.env));
