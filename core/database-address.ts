import type { Database, Engine } from './registry/model.ts';

/** Where a database is, as who may open it is told. */
export interface DatabaseAddress {
  readonly name: string;
  readonly engine: Engine;
  readonly host: string;
  readonly port: number;
  readonly dbname?: string;
  readonly region: string;
}

/** What the registry holds of a database but who may open it, and by which role. */
export function addressOf(database: Database): DatabaseAddress {
  const { name, engine, host, port, dbname, region } = database;
  return { name, engine, host, port, ...(dbname === undefined ? {} : { dbname }), region };
}
