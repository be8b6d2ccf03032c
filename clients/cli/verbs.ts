import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';

/** Adds a verb's own arguments, options and subcommands to its command. */
export type DefineVerb = (command: Command, context: CommandContext) => void;

interface Verb {
  readonly summary: string;
  /** Loads the verb's code. Lazily: `token` must not pay for what only operators use. */
  readonly load: () => Promise<DefineVerb>;
}

/** Every verb, by name; a row here is all that a new one needs. */
export const verbs: ReadonlyMap<string, Verb> = new Map([
  [
    'token',
    {
      summary: 'print a token, or a connection in another form',
      load: async () => (await import('./token-verb.ts')).defineTokenVerb,
    },
  ],
  [
    'exec',
    {
      summary: 'run a command that can connect, for as long as it runs',
      load: async () => (await import('./exec-verb.ts')).defineExecVerb,
    },
  ],
  [
    'write',
    {
      summary: 'write connection files once (init container)',
      load: async () => (await import('./write-verb.ts')).defineWriteVerb,
    },
  ],
  [
    'agent',
    {
      summary: 'write connection files and keep them fresh (sidecar)',
      load: async () => (await import('./agent-verb.ts')).defineAgentVerb,
    },
  ],
  [
    'check',
    {
      summary: 'say whether connection files are still good',
      load: async () => (await import('./check-verb.ts')).defineCheckVerb,
    },
  ],
  [
    'databases',
    {
      summary: 'list what you may open',
      load: async () => (await import('./databases-verb.ts')).defineDatabasesVerb,
    },
  ],
  [
    'whoami',
    {
      summary: 'show who you are to tokenvend',
      load: async () => (await import('./whoami-verb.ts')).defineWhoamiVerb,
    },
  ],
  [
    'ca',
    {
      summary: 'print the CA bundle of a Region’s databases',
      load: async () => (await import('./ca-verb.ts')).defineCaVerb,
    },
  ],
  [
    'doctor',
    {
      summary: 'find out why a connection does not work',
      load: async () => (await import('./doctor-verb.ts')).defineDoctorVerb,
    },
  ],
  [
    'login',
    {
      summary: 'sign in, as a person',
      load: async () => (await import('./openid.ts')).defineLoginVerb,
    },
  ],
  [
    'logout',
    {
      summary: 'forget the session that login keeps',
      load: async () => (await import('./openid.ts')).defineLogoutVerb,
    },
  ],
  [
    'registry',
    {
      summary: 'check, publish and take back the registry; for the platform team',
      load: async () => (await import('./registry-verb.ts')).defineRegistryVerb,
    },
  ],
  [
    'completion',
    {
      summary: 'print a script that completes commands in your shell',
      load: async () => (await import('./completion-verb.ts')).defineCompletionVerb,
    },
  ],
]);
