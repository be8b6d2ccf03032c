import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../core/database-address.ts';
import { aDatabase } from '../../builders/registry.ts';

describe('the address of a database', () => {
  it('is what a client needs, and nothing of who may open it or how', () => {
    expect(addressOf(aDatabase({ caBundle: 'amazon-roots' }))).toStrictEqual({
      name: 'orders',
      engine: 'postgres',
      host: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
      port: 5432,
      dbname: 'orders',
      region: 'eu-west-1',
    });
  });

  it('names no database within a server whose entry names none', () => {
    const { dbname: _, ...database } = aDatabase();

    expect(addressOf(database)).not.toHaveProperty('dbname');
  });
});
