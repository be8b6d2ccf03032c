import { isIP } from 'node:net';
import type { Engine } from '../registry/model.ts';
import type { VendAnswer } from '../vend-answer.ts';
import { FormatError } from './format-error.ts';

/** One connection that a client may open, and where on its machine the files beside it lie. */
export interface ConnectionTarget {
  /** What the client calls it: names the section of a service file. */
  readonly name: string;
  readonly engine: Engine;
  /** The real endpoint: the token is signed for it, and the certificate must carry it. */
  readonly host: string;
  readonly port: number;
  /** Absent where the registry names none; PostgreSQL then opens the one called like the user. */
  readonly dbname?: string;
  readonly user: string;
  /** Secret. */
  readonly token: string;
  readonly vendId: string;
  /** Absolute path of the CA bundle, as the reader of the format sees it. */
  readonly caFile?: string;
  /** Absolute path of the pgpass file, as the reader of the format sees it. */
  readonly passFile?: string;
  /** The near end of a tunnel to the endpoint. */
  readonly via?: TunnelEnd;
  /** The application's own name, of any length and in any script. */
  readonly applicationName?: string;
  /** What all of this was taken from. */
  readonly answer: VendAnswer;
}

export interface TunnelEnd {
  /** An IP address: libpq's `hostaddr` takes no names. */
  readonly host: string;
  readonly port: number;
}

/** What the client adds to the answer it was given. */
export interface TargetOptions {
  /** Defaults to the database's name in the registry. */
  readonly name?: string | undefined;
  readonly caFile?: string | undefined;
  readonly passFile?: string | undefined;
  readonly via?: TunnelEnd | undefined;
  readonly applicationName?: string | undefined;
}

/**
 * Puts an answer together with what only the client knows.
 *
 * @throws FormatError `PATH_NOT_ABSOLUTE` for a relative `caFile` or `passFile`, and `ADDRESS_INVALID`
 *   for a `via` that is not an IP address and a port.
 */
export function targetOf(answer: VendAnswer, options: TargetOptions): ConnectionTarget {
  const { database } = answer;
  const { caFile, passFile, via, applicationName } = options;
  return {
    name: options.name ?? database.name,
    engine: database.engine,
    host: database.host,
    port: database.port,
    ...(database.dbname === undefined ? {} : { dbname: database.dbname }),
    user: answer.user,
    token: answer.token,
    vendId: answer.id,
    ...(caFile === undefined ? {} : { caFile: absolute(caFile, 'caFile') }),
    ...(passFile === undefined ? {} : { passFile: absolute(passFile, 'passFile') }),
    ...(via === undefined ? {} : { via: dialable(via) }),
    ...(applicationName === undefined ? {} : { applicationName }),
    answer,
  };
}

/** The CA bundle's path, for formats that are no use without one. @throws FormatError `PATH_MISSING`. */
export function caFileOf(target: ConnectionTarget): string {
  if (target.caFile === undefined) throw new FormatError('PATH_MISSING', 'caFile');
  return target.caFile;
}

/** For readers that verify the name they dial. @throws FormatError `TUNNEL_UNSUPPORTED`. */
export function refuseTunnel(target: ConnectionTarget): void {
  if (target.via !== undefined) throw new FormatError('TUNNEL_UNSUPPORTED', 'via');
}

/** A POSIX path, or a Windows one with its drive. A relative path means another file in every folder. */
const absolutePath = /^(?:\/|[A-Za-z]:[\\/])/;

function absolute(path: string, field: 'caFile' | 'passFile'): string {
  if (!absolutePath.test(path)) throw new FormatError('PATH_NOT_ABSOLUTE', field);
  return path;
}

function dialable(via: TunnelEnd): TunnelEnd {
  const { host, port } = via;
  if (isIP(host) === 0 || !Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new FormatError('ADDRESS_INVALID', 'via');
  }
  return { host, port };
}
