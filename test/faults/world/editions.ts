import { loadRegistry } from '../../../core/registry/load.ts';
import type { RegistryDocument } from '../../../core/registry/model.ts';
import { registryText } from '../../../local/organization.ts';

/** The deployment's address, which is also the audience of every JWT. */
export const apiUrl = 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com';

export const issuerUrls = {
  kubernetes: 'https://cluster.example.com',
  github: 'https://github.example.com',
  workforce: 'https://workforce.example.com',
} as const;

const written = registryText({
  ...issuerUrls,
  audience: apiUrl,
  databasePort: 5432,
  ledgerPort: 3306,
});

/** The organization's registry, and what becomes of it when grants are taken away. */
export const editions = {
  everyone: compiled(written),
  'without-pods': compiled(written.replace(/^ +(?:orders|ledger)_app: .*\n/gm, '')),
  'without-nightly': compiled(written.replace(/^ +(?:orders|ledger)_batch: .*\n/gm, '')),
} as const satisfies Record<string, RegistryDocument>;
export type EditionName = keyof typeof editions;

function compiled(text: string): RegistryDocument {
  const loaded = loadRegistry([{ file: 'registry.yaml', text }]);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  return loaded.document;
}
