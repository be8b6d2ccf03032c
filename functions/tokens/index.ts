import { createTokensHandler } from './handler.ts';
import { tokensDependencies } from './wire.ts';

/** The entry point that Lambda calls. */
export const handler = createTokensHandler(tokensDependencies(process.env));
