import { isIP } from 'node:net';
import type { TunnelEnd } from '../../core/connection/target.ts';
import { parseTargetName, type TargetName } from '../agent/target-name.ts';
import { usageError } from './cli-error.ts';

/** How the help describes a target. */
export const targetSyntax = 'database, database/user, or alias=database/user';

/** Reads the targets of a command line. @throws CliError for one that is none, or an alias said twice. */
export function parseTargets(texts: readonly string[]): readonly TargetName[] {
  const targets = texts.map(parseTarget);
  const aliases = new Set(targets.map(({ alias }) => alias));
  if (aliases.size < targets.length) {
    throw usageError('Two targets have the same name: give one an alias, as in ro=orders/reader.');
  }
  return targets;
}

/** Reads one target. @throws CliError */
export function parseTarget(text: string): TargetName {
  const target = parseTargetName(text);
  if (target === undefined) throw usageError(`Not a target: write ${targetSyntax}.`);
  return target;
}

/** Which tunnel leads to which target. */
export type Tunnels = (target: TargetName) => TunnelEnd | undefined;

/**
 * Reads `--via`: `127.0.0.1:15432` where there is one target, `orders=127.0.0.1:15432,…` for several.
 *
 * @throws CliError where an address is none, or it is not clear what it leads to.
 */
export function parseTunnels(via: string | undefined, targets: readonly TargetName[]): Tunnels {
  const ends = new Map(
    (via ?? '')
      .split(',')
      .filter(Boolean)
      .map((text) => tunnel(text, targets)),
  );
  return ({ alias }) => ends.get(alias);
}

function tunnel(text: string, targets: readonly TargetName[]): readonly [string, TunnelEnd] {
  const [, said, bracketed, plain, port = ''] =
    /^(?:([^=]+)=)?(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text.trim()) ?? [];
  const host = bracketed ?? plain ?? '';
  if (isIP(host) === 0 || Number(port) < 1 || Number(port) > 65_535) {
    throw usageError('--via takes an IP address and a port, as in 127.0.0.1:15432.');
  }
  const alias = said ?? (targets.length === 1 ? targets[0]?.alias : undefined);
  if (alias === undefined) {
    throw usageError('--via does not say for which target it is: write alias=ip:port.');
  }
  if (!targets.some((target) => target.alias === alias)) {
    throw usageError(`--via is for ${alias}, and that is none of the targets.`);
  }
  return [alias, { host, port: Number(port) }];
}
