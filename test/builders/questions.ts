import { indexDocument, type RegistryIndex } from '../../core/registry/index-document.ts';
import type { ClaimedCaller } from '../../operator/explain/claimed-caller.ts';
import type { Question } from '../../operator/explain/decide.ts';
import { startOfTest } from './clock.ts';
import { aCompiledRegistry } from './registry-files.ts';

/** The issuers of the sound registry in `registry-files.ts`. */
export const clusterUrl = 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';
export const githubUrl = 'https://token.actions.githubusercontent.com';

/** The sound registry, or a changed one, ready for look-ups. */
export const anIndex = (changes: Parameters<typeof aCompiledRegistry>[0] = {}): RegistryIndex =>
  indexDocument(aCompiledRegistry(changes));

/** The API pods, with further claims if any. */
export const aPod = (claims: Readonly<Record<string, unknown>> = {}): ClaimedCaller => ({
  kind: 'jwt',
  issuer: clusterUrl,
  claims: { sub: 'system:serviceaccount:payments:api', ...claims },
});

/** A workflow run of GitHub Actions. */
export const aRun = (claims: Readonly<Record<string, unknown>>): ClaimedCaller => ({
  kind: 'jwt',
  issuer: githubUrl,
  claims: { sub: 'repo:acme/payments:ref:refs/heads/main', ...claims },
});

/** The API pods ask for `orders/orders_app`, unless it is said otherwise. */
export function aQuestion(parts: Partial<Question> = {}): Question {
  return {
    caller: aPod(),
    wish: { database: 'orders', user: 'orders_app' },
    now: startOfTest,
    sourceIp: undefined,
    suspensions: new Set(),
    ...parts,
  };
}
