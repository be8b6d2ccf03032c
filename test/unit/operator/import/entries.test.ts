import { describe, expect, it } from 'vitest';
import { checkRegistry } from '../../../../core/registry/load.ts';
import { registryEntries } from '../../../../operator/import/entries.ts';
import { aFoundDatabase } from '../../../builders/account.ts';
import { aCompiledRegistry, aRegistryFile } from '../../../builders/registry-files.ts';

const account = '111122223333';
const suffix = 'c9akciq32abc.eu-west-1.rds.amazonaws.com';

const cluster = aFoundDatabase({
  kind: 'cluster',
  identifier: 'Ledger',
  resourceId: 'cluster-LEDGER',
  endpoints: [
    { host: `ledger.cluster-custom-${suffix}`, port: 3306 },
    { host: `ledger.cluster-${suffix}`, port: 3306 },
  ],
  engines: ['mysql'],
});

const entriesOf = (found: readonly ReturnType<typeof aFoundDatabase>[]) =>
  registryEntries(found, aCompiledRegistry(), account);

describe('registryEntries', () => {
  it('makes entries that the registry accepts beside its own', () => {
    const text = entriesOf([aFoundDatabase({ resourceId: 'db-NEW' }), cluster]);

    const checked = checkRegistry([aRegistryFile(), { file: 'imported.yaml', text }]);

    expect(checked).toMatchObject({ ok: true, warnings: [] });
    expect(checked.ok && [...checked.draft.databases.keys()].sort()).toEqual([
      'ledger',
      'orders',
      'orders-2',
    ]);
  });

  it('grants nobody anything', () => {
    expect(entriesOf([cluster])).toContain('users: {}');
  });

  it('prefers an endpoint for which RDS accepts tokens', () => {
    expect(entriesOf([cluster])).toContain(`host: ledger.cluster-${suffix}`);
  });

  it.each([
    ['no endpoint yet', aFoundDatabase({ endpoints: [] })],
    ['an engine that tokenvend does not serve', aFoundDatabase({ engines: [] })],
  ])('leaves out a database with %s', (_, found) => {
    expect(entriesOf([found])).toBe('version: 1\ndatabases: {}\n');
  });
});
