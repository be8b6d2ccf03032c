import type { TLSSocket } from 'node:tls';
import type { Engine } from '../../../core/registry/model.ts';
import type { Dialled } from './dial.ts';
import { loginMysql, openMysql } from './mysql-session.ts';
import { loginPostgres, openPostgres } from './postgres-session.ts';

/** What a login needs. */
export interface LoginRequest {
  readonly user: string;
  readonly dbname?: string | undefined;
  /** Secret. */
  readonly token: string;
}

/** How the server's certificate is verified. */
export interface SecureOptions {
  readonly caPem: string;
  readonly serverName: string;
  /** For each step. */
  readonly timeoutMs: number;
}

/** What the server made of it. */
export type LoginAnswer =
  | { readonly result: 'in' }
  /** It wants a password of another kind, which it does of users that are not IAM users. */
  | { readonly result: 'other-password' }
  /** `code` is the SQLSTATE of PostgreSQL, or the error number of MySQL. */
  | {
      readonly result: 'refused';
      readonly code: string;
      /** Whether it had asked for the token. */
      readonly asked: boolean;
    };

/** How one kind of server is talked to. */
export interface LoginProtocol {
  readonly open: (dialled: Dialled, options: SecureOptions) => Promise<TLSSocket>;
  readonly login: (
    stream: TLSSocket,
    request: LoginRequest,
    timeoutMs: number,
  ) => Promise<LoginAnswer>;
}

const mysql: LoginProtocol = { open: openMysql, login: loginMysql };

export const loginProtocols = {
  postgres: { open: openPostgres, login: loginPostgres },
  mysql,
  mariadb: mysql,
} as const satisfies Record<Engine, LoginProtocol>;
