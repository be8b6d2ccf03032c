import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { loadRegistry } from '../../core/registry/load.ts';
import type { RegistryDocument } from '../../core/registry/model.ts';
import type { AwsCredentials } from '../../local/callers.ts';
import { readApiDefinition } from '../../local/gateway/api-definition.ts';
import { createGateway } from '../../local/gateway/gateway.ts';
import { serveGateway } from '../../local/gateway/server.ts';
import { platformAccount, region, roleArns } from '../../local/organization.ts';
import { runningParts } from '../../local/running-parts.ts';
import { startTestStack, type TestStack } from '../integration/support/test-stack.ts';
import { type BuiltFunction, type BuiltOptions, startBuilt } from './built-function.ts';

/** The local stack twice over: one STS, one set of issuers, and two APIs. */
export interface BuiltStack {
  /** Behind its API is the source. */
  readonly fromSource: TestStack;
  /** The same organization; behind its API is what the build made. */
  readonly built: TestStack;
  readonly functions: Readonly<Record<(typeof names)[number], BuiltFunction>>;
  close(): Promise<void>;
}

const names = ['authorizer', 'tokens', 'databases', 'public'] as const;
const templateFile = fileURLToPath(new URL('../../template.yaml', import.meta.url));
const clock = (): Date => new Date();

/** What `Ref: Api` comes to in test/infra's evaluation of the template. */
const apiId = 'Api';

/** Starts both. `options` are those of every function. */
export async function startBuiltStack(
  options: Omit<Partial<BuiltOptions>, 'credentials'> = {},
): Promise<BuiltStack> {
  const parts = runningParts();
  try {
    const fromSource = await parts.add(startTestStack());
    const { audience, sts } = fromSource;
    const settings = {
      registry: await registryOf(fromSource),
      credentials: credentialsOf(fromSource, roleArns.vendor),
      ...options,
      parameters: { Audience: audience, ...options.parameters },
      env: { AWS_ENDPOINT_URL_STS: sts.url, ...options.env },
    };
    const start = (name: (typeof names)[number]) => parts.add(startBuilt(name, settings));
    const functions = {
      authorizer: await start('authorizer'),
      tokens: await start('tokens'),
      databases: await start('databases'),
      public: await start('public'),
    };
    const server = await parts.add(
      serveGateway({ handle: gatewayTo(functions, fromSource), clock }),
    );
    const built = { ...fromSource, apiUrl: server.url };
    return { fromSource, built, functions, close: () => parts.close() };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** Credentials of one of the organization's roles. */
export function credentialsOf(stack: TestStack, roleArn: string): AwsCredentials {
  const role = stack.roles.get(roleArn);
  if (role === undefined) throw new Error(`no role ${roleArn}`);
  return stack.credentials.issueSession({ role, sessionName: 'built', durationSeconds: 3600 });
}

/** The stack's registry, compiled as the build compiles the deployment's. */
export async function registryOf(stack: TestStack): Promise<RegistryDocument> {
  const text = await readFile(stack.registryFile, 'utf8');
  const loaded = loadRegistry([{ file: 'registry.yaml', text }]);
  if (!loaded.ok) throw new Error('the registry of the local stack has problems');
  return loaded.document;
}

function gatewayTo(functions: BuiltStack['functions'], stack: TestStack) {
  const { authorizer, ...others } = functions;
  return createGateway({
    definition: readApiDefinition(templateFile),
    authorizer: async (event) => decision.parse(await authorizer.invoke(event)),
    functions: new Map(
      Object.entries(others).map(([name, one]) => [
        name,
        async (event) => answer.parse(await one.invoke(event)),
      ]),
    ),
    keys: stack.credentials,
    context: { apiId, accountId: platformAccount, stage: 'api', domainName: 'localhost', region },
    authorizerTtlSeconds: 60,
    throttle: { perSecond: 1000, burst: 5000 },
    clock,
  });
}

const decision = z.object({
  principalId: z.string(),
  policyDocument: z.object({
    Version: z.string(),
    Statement: z.array(
      z.object({ Effect: z.enum(['Allow', 'Deny']), Action: z.string(), Resource: z.string() }),
    ),
  }),
  context: z.record(z.string(), z.string()),
});

const answer = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
