import { createRdsTokens } from '../../adapters/rds-tokens.ts';
import type { AuditRecord } from '../../core/audit.ts';
import { indexDocument, sliceOf } from '../../core/registry/index-document.ts';
import { loadRegistry } from '../../core/registry/load.ts';
import type { RegistryDocument } from '../../core/registry/model.ts';
import type { TokensDependencies } from '../../functions/tokens/handler.ts';
import { anAudit } from '../builders/ports.ts';
import { aSession } from '../builders/sessions.ts';
import { someBundles } from '../builders/vend.ts';
import { richRegistry } from './registry-texts.ts';

/** The registry that the fuzzed functions serve. */
export const servedRegistry: RegistryDocument = loaded();

function loaded(): RegistryDocument {
  const registry = loadRegistry([{ file: 'registry.yaml', text: richRegistry }]);
  if (!registry.ok) throw new Error('The registry of the fuzz tests does not load.');
  return registry.document;
}

/** What the tokens function needs: the real registry, decision and signer, and an STS that always agrees. */
export function someDependencies(): {
  readonly deps: Partial<TokensDependencies>;
  readonly records: readonly AuditRecord[];
} {
  const index = indexDocument(servedRegistry);
  const clock = () => new Date();
  const { records, write } = anAudit();
  const bundle = someBundles().find('eu-west-1');
  const deps: Partial<TokensDependencies> = {
    registry: { slice: async (query) => sliceOf(index, query, new Set()) },
    sessions: {
      obtain: async () => {
        const expiresAt = new Date(clock().getTime() + 3_600_000);
        return aSession({ assumedAt: clock(), expiresAt });
      },
    },
    tokens: createRdsTokens({ clock }),
    caBundles: { find: () => bundle },
    audit: { write },
    clock,
  };
  return { deps, records };
}
