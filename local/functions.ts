import type { RegistryStore } from '../core/registry/store.ts';
import { createAuthorizerHandler } from '../functions/authorizer/handler.ts';
import { authorizerDependencies } from '../functions/authorizer/wire.ts';
import { createDatabasesHandler } from '../functions/databases/handler.ts';
import { databasesDependencies } from '../functions/databases/wire.ts';
import { createPublicHandler } from '../functions/public/handler.ts';
import { publicDependencies } from '../functions/public/wire.ts';
import { createTokensHandler } from '../functions/tokens/handler.ts';
import { tokensDependencies } from '../functions/tokens/wire.ts';
import type { GatewayDependencies } from './gateway/gateway.ts';

/**
 * The functions as Lambda would run them: wired from environment variables alone. Only the registry
 * differs, which is read from YAML here so that it can be edited while the stack runs.
 */
export function localFunctions(
  env: Readonly<Record<string, string>>,
  parts: {
    readonly registry: RegistryStore;
    readonly clock: () => Date;
    readonly auditStream: Pick<NodeJS.WritableStream, 'write'>;
  },
): Pick<GatewayDependencies, 'authorizer' | 'functions'> {
  const { registry } = parts;
  return {
    authorizer: createAuthorizerHandler(authorizerDependencies(env, parts)),
    functions: new Map([
      ['tokens', createTokensHandler({ ...tokensDependencies(env, parts), registry })],
      ['databases', createDatabasesHandler({ ...databasesDependencies(env, parts), registry })],
      ['public', createPublicHandler(publicDependencies(env))],
    ]),
  };
}
