import { isAbsolute, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { createCaBundles } from '../agent/ca-bundles.ts';
import {
  createFileKeeper,
  type FileKeeper,
  type KeptTarget,
  type Outcome,
} from '../agent/file-keeper.ts';
import type { ApiClient } from '../api-client/api-client.ts';
import { createTokenCache } from '../token-cache/token-cache.ts';
import {
  type ApiOptions,
  addApiOptions,
  addConnectionOptions,
  addTeamOption,
} from './api-options.ts';
import { usageError } from './cli-error.ts';
import { fileMode } from './numbers.ts';
import { parseTargets, parseTunnels, targetSyntax } from './targets.ts';

/** The flags of `write` and `agent`. */
export interface FileOptions extends ApiOptions {
  readonly dir: string;
  readonly fileMode: string;
  readonly seenAs?: string;
  readonly team?: string;
  readonly via?: string;
  readonly applicationName?: string;
}

/** Adds the flags of `write` and `agent`. */
export function addFileOptions(command: Command): Command {
  command
    .argument('<target...>', targetSyntax)
    .requiredOption('--dir <path>', 'where each target gets a folder, named after its alias')
    .option('--file-mode <mode>', 'of all files but pgpass, in octal', '0600')
    .option('--seen-as <path>', 'where the application mounts the folder, if elsewhere');
  return addApiOptions(addConnectionOptions(addTeamOption(command)));
}

/** The targets of `write` and `agent`, with their places. @throws CliError */
export function keptTargets(texts: readonly string[], options: FileOptions): readonly KeptTarget[] {
  const names = parseTargets(texts);
  const tunnels = parseTunnels(options.via, names);
  const mode = fileMode(options.fileMode);
  const { seenAs, team, applicationName } = options;
  if (seenAs !== undefined && !isAbsolute(seenAs)) throw usageError('--seen-as is a full path.');
  return names.map((name) => {
    const folder = join(resolve(options.dir), name.alias);
    const seen = seenAs === undefined ? folder : join(seenAs, name.alias);
    const files = { seenAs: seen, fileMode: mode, via: tunnels(name), applicationName };
    return { name, team, folder, files };
  });
}

/** A token that is not replaced in time stays in the files until it is this near its end. Seconds. */
const minTtlSeconds = 30;

/** A keeper of files over a cache of its own. */
export function keeperOf(
  api: ApiClient,
  targets: readonly KeptTarget[],
  parts: {
    readonly clock: () => Date;
    readonly onPass?: (outcomes: readonly Outcome[], now: Date) => void;
  },
): FileKeeper {
  const { clock, onPass } = parts;
  const monotonicMs = (): number => performance.now();
  const deps = { api, clock, monotonicMs, random: Math.random };
  const cache = createTokenCache(deps, { minTtlSeconds });
  return createFileKeeper({ cache, caPemFor: createCaBundles(api), clock, onPass }, targets);
}
