declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A DynamoDB in memory. The times are how long a table stays in each state. */
  export default function dynalite(options: {
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }): Server;
}
