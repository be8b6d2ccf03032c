import type { IdentitySource } from './identity-source.ts';

/** For CI systems that hand a job its JWT in the environment (GitLab's `id_tokens`). */
export const tokenVariableName = 'TOKENVEND_IDENTITY_TOKEN';

/** A JWT that stands in the environment, and cannot be renewed there. */
export function tokenVariable(jwt: string): IdentitySource {
  return { description: `the variable ${tokenVariableName}`, read: async () => jwt };
}
