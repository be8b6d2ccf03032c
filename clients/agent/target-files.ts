import { posix } from 'node:path';
import { type Format, type FormatName, formats, render } from '../../core/connection/formats.ts';
import { type ConnectionTarget, type TunnelEnd, targetOf } from '../../core/connection/target.ts';
import type { Engine } from '../../core/registry/model.ts';
import type { VendAnswer } from '../../core/vend-answer.ts';

/** How the files of a target are to be written. */
export interface FileSettings {
  /** The target's folder, as the programs see it that read the files. Absolute. */
  readonly seenAs: string;
  /** Of all files but `pgpass`. */
  readonly fileMode: number;
  readonly via?: TunnelEnd | undefined;
  readonly applicationName?: string | undefined;
}

/** One file of a target. */
export interface TargetFile {
  readonly name: TargetFileName;
  readonly content: string;
  readonly mode: number;
}

/** Every file that there may be, in the order of writing (docs/cli.md). */
export const targetFileNames = [
  // First: libpq connects unverified where a token is found and the CA is not.
  'ca.pem',
  'pgpass',
  'pg_service.conf',
  'my.cnf',
  'password',
  'env',
  // Last: whoever waits for it finds the others as new as it is.
  'connection.json',
] as const;
/** The name of one of them. */
export type TargetFileName = (typeof targetFileNames)[number];

/** libpq ignores a password file that anybody else may read. */
const pgpassMode = 0o600;

const formatOf = {
  pgpass: 'pgpass',
  'pg_service.conf': 'pg-service',
  'my.cnf': 'my-cnf',
  password: 'token',
  env: 'env',
  'connection.json': 'json',
} as const satisfies Record<Exclude<TargetFileName, 'ca.pem'>, FormatName>;

/**
 * The files for a token, in the order in which they are to be written: those of its engine.
 *
 * @throws FormatError where the target cannot be expressed, as for a MySQL target through a tunnel.
 */
export function targetFiles(
  { alias, answer, caPem }: { alias: string; answer: VendAnswer; caPem: string },
  settings: FileSettings,
): readonly TargetFile[] {
  const target = connectionOf(alias, answer, settings);
  return targetFileNames
    .filter((name) => isFor(name, target.engine))
    .map((name) => ({
      name,
      content: name === 'ca.pem' ? caPem : render(formatOf[name], target),
      mode: name === 'pgpass' ? pgpassMode : settings.fileMode,
    }));
}

function isFor(name: TargetFileName, engine: Engine): boolean {
  if (name === 'ca.pem') return true;
  const format: Format = formats[formatOf[name]];
  return format.engines.includes(engine);
}

/** The connection with the paths of its files. @throws FormatError */
export function connectionOf(
  alias: string,
  answer: VendAnswer,
  settings: Pick<FileSettings, 'seenAs' | 'via' | 'applicationName'>,
): ConnectionTarget {
  const { seenAs, via, applicationName } = settings;
  const isPostgres = answer.database.engine === 'postgres';
  return targetOf(answer, {
    name: alias,
    caFile: posix.join(seenAs, 'ca.pem'),
    passFile: isPostgres ? posix.join(seenAs, 'pgpass') : undefined,
    via,
    applicationName,
  });
}
