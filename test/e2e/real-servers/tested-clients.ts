import type { Engine } from '../../../core/registry/model.ts';

export interface TestedClient {
  readonly engine: Extract<Engine, 'postgres' | 'mariadb'>;
  /** What the registry calls the engine, where that is not the server's: it decides what formats say. */
  readonly registeredAs?: Engine;
  /** As pinned in package.json, requirements.txt or pom.xml; Debian's packages are as new as the machine. */
  readonly packages: readonly string[];
  /** In which ways it is told where and as whom to log in, each beginning with a format's name. */
  readonly ways: readonly string[];
}

/**
 * Every client that the tests of this folder log in with. A way that is listed and not tested does not
 * compile; the table of docs/tested-clients.md is held to this one.
 */
export const testedClients = {
  psql: {
    engine: 'postgres',
    packages: [],
    ways: ['env', 'pgpass and env', 'pg-service and pgpass', 'url'],
  },
  pg: { engine: 'postgres', packages: ['pg'], ways: ['json, password callback', 'url'] },
  psycopg: {
    engine: 'postgres',
    packages: ['psycopg[binary]'],
    ways: ['env', 'pg-service and pgpass', 'url'],
  },
  asyncpg: {
    engine: 'postgres',
    packages: ['asyncpg'],
    ways: ['json, password callback', 'env'],
  },
  'SQLAlchemy with psycopg': {
    engine: 'postgres',
    packages: ['SQLAlchemy', 'psycopg[binary]'],
    ways: ['json, do_connect event', 'url'],
  },
  pgjdbc: {
    engine: 'postgres',
    packages: ['postgresql'],
    ways: ['jdbc and pgpass', 'jdbc, password argument'],
  },
  mariadb: { engine: 'mariadb', packages: [], ways: ['my-cnf', 'env and flags'] },
  mysql2: {
    engine: 'mariadb',
    packages: ['mysql2'],
    ways: ['json, authPlugins callback', 'json, enableCleartextPlugin'],
  },
  PyMySQL: { engine: 'mariadb', packages: ['PyMySQL'], ways: ['json'] },
  'SQLAlchemy with PyMySQL': {
    engine: 'mariadb',
    packages: ['SQLAlchemy', 'PyMySQL'],
    ways: ['json, do_connect event'],
  },
  'MariaDB Connector/J': {
    engine: 'mariadb',
    packages: ['mariadb-java-client'],
    ways: ['jdbc, password argument'],
  },
  'MySQL Connector/J': {
    engine: 'mariadb',
    registeredAs: 'mysql',
    packages: ['mysql-connector-j'],
    ways: ['jdbc, trust store and password argument'],
  },
} as const satisfies Record<string, TestedClient>;

export type ClientName = keyof typeof testedClients;
export type WayName<Client extends ClientName> = (typeof testedClients)[Client]['ways'][number];
