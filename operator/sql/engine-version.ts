import type { Engine } from '../../core/registry/model.ts';
import { OperatorError } from '../operator-error.ts';

/**
 * Versions with IAM authentication (RDS User Guide, "Supported Regions and DB engines for IAM database
 * authentication"): the lowest of PostgreSQL and MySQL, and of MariaDB the only ones.
 */
const supported = {
  postgres: { lowest: 10 },
  mysql: { lowest: 5.7 },
  mariadb: { only: ['10.11', '11.4', '11.8'] },
} as const satisfies Record<Engine, { lowest: number } | { only: readonly string[] }>;

/** What is wrong with a version for IAM authentication, or `undefined`. Such as `16.4`, `8.0.36`, `8.0.mysql_aurora.3.05.2`. */
export function versionProblem(engine: Engine, version: string): string | undefined {
  const series = /^\d+(?:\.\d+)?/.exec(version)?.[0];
  if (series === undefined) return `${version} is no version of ${engine}.`;
  const range = supported[engine];
  if ('only' in range) {
    return range.only.some((one) => one === series)
      ? undefined
      : `MariaDB ${series} has no IAM authentication on RDS; ${range.only.join(', ')} have.`;
  }
  return Number(series) >= range.lowest
    ? undefined
    : `${engine} ${series} has no IAM authentication on RDS; ${range.lowest} and newer have.`;
}

/** @throws OperatorError `input-invalid` */
export function assertVersion(engine: Engine, version: string | undefined): void {
  const problem = version === undefined ? undefined : versionProblem(engine, version);
  if (problem !== undefined) throw new OperatorError('input-invalid', problem);
}
