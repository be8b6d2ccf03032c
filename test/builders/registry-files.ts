import { stringify } from 'yaml';
import { loadRegistry } from '../../core/registry/load.ts';
import type { RegistryDocument } from '../../core/registry/model.ts';
import type { Problem } from '../../core/registry/problem.ts';
import type { RegistrySource } from '../../core/registry/yaml-file.ts';

type Tree = { readonly [key: string]: unknown };

/** A small registry in which nothing is wrong, not even a warning. */
const sound: Tree = {
  version: 1,
  issuers: {
    cluster: {
      url: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE',
      audiences: ['https://tokens.example.com'],
      jwksUri: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE/keys',
    },
    github: {
      url: 'https://token.actions.githubusercontent.com',
      audiences: ['https://tokens.example.com'],
      jwksUri: 'https://token.actions.githubusercontent.com/.well-known/jwks',
    },
  },
  teams: {
    payments: {
      roles: ['arn:aws:iam::111122223333:role/tokenvend-payments'],
      externalId: '3f1c7a52-payments',
      members: {
        api: { issuer: 'cluster', subject: 'system:serviceaccount:payments:api' },
        deploy: {
          issuer: 'github',
          claims: { repository_id: '123456789', ref: 'refs/heads/main' },
        },
        nightly: { iamRole: 'arn:aws:iam::111122223333:role/batch/nightly' },
      },
    },
  },
  databases: {
    orders: {
      engine: 'postgres',
      host: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com',
      port: 5432,
      region: 'eu-west-1',
      account: '111122223333',
      resourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      dbname: 'orders',
      users: { orders_app: { teams: ['payments'] } },
    },
  },
};

/** What a file says: the sound registry with changes laid over it; `undefined` removes a key. */
export function aRegistryValue(changes: Tree = {}): Tree {
  const value: Tree = JSON.parse(JSON.stringify(overlaid(sound, changes)));
  return value;
}

/** One registry file: the sound one with changes laid over it; `undefined` removes a key. */
export function aRegistryFile(changes: Tree = {}): RegistrySource {
  return { file: 'registry.yaml', text: stringify(overlaid(sound, changes)) };
}

export function problemsWith(changes: Tree): readonly Problem[] {
  const loaded = loadRegistry([aRegistryFile(changes)]);
  return loaded.ok ? loaded.warnings : loaded.problems;
}

/** Severity and place of every problem, such as `error teams.payments.roles[0]`. */
export function placesWith(changes: Tree): string[] {
  return problemsWith(changes).map(({ severity, path }) => `${severity} ${path}`);
}

export function aCompiledRegistry(changes: Tree = {}): RegistryDocument {
  const loaded = loadRegistry([aRegistryFile(changes)]);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  return loaded.document;
}

function overlaid(base: unknown, changes: unknown): unknown {
  if (!isTree(base) || !isTree(changes)) return changes;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(changes)])];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      Object.hasOwn(changes, key) ? overlaid(base[key], changes[key]) : base[key],
    ]),
  );
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Changes for one entry, laid over the sound registry. */
export const withIssuer = (entry: Tree, name = 'cluster'): Tree => ({ issuers: { [name]: entry } });
export const withTeam = (entry: Tree): Tree => ({ teams: { payments: entry } });
export const withDatabase = (entry: Tree): Tree => ({ databases: { orders: entry } });
export const withMember = (entry: Tree): Tree => withTeam({ members: { added: entry } });
export const withUser = (name: string, entry: Tree = { teams: ['payments'] }): Tree =>
  withDatabase({ users: { [name]: entry } });
