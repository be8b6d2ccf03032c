import { createDatabasesHandler } from './handler.ts';
import { databasesDependencies } from './wire.ts';

/** The entry point that Lambda calls. */
export const handler = createDatabasesHandler(databasesDependencies(process.env));
