import type { Engine } from '../registry/model.ts';
import { env } from './env.ts';
import { FormatError } from './format-error.ts';
import { jdbc } from './jdbc.ts';
import { json } from './json.ts';
import { myCnf } from './my-cnf.ts';
import { pgService } from './pg-service.ts';
import { pgpass } from './pgpass.ts';
import type { ConnectionTarget } from './target.ts';
import { url } from './url.ts';

/** The names by which clients ask for a format. */
export type FormatName =
  | 'json'
  | 'token'
  | 'env'
  | 'url'
  | 'pgpass'
  | 'pg-service'
  | 'my-cnf'
  | 'jdbc';

export interface Format {
  readonly render: (target: ConnectionTarget) => string;
  readonly engines: readonly Engine[];
  /** Whether what comes out is a secret, to be kept from logs and from other users. */
  readonly holdsToken: boolean;
  /** Whether it is of use without files beside it; the API serves no other. */
  readonly standsAlone: boolean;
}

const every: readonly Engine[] = ['postgres', 'mysql', 'mariadb'];

/** Every format there is. Files end in a line feed; `token`, `url` and `jdbc` are one bare value. */
export const formats = {
  json: { render: json, engines: every, holdsToken: true, standsAlone: true },
  token: { render: ({ token }) => token, engines: every, holdsToken: true, standsAlone: true },
  env: { render: env, engines: every, holdsToken: true, standsAlone: true },
  url: { render: url, engines: every, holdsToken: true, standsAlone: false },
  pgpass: { render: pgpass, engines: ['postgres'], holdsToken: true, standsAlone: false },
  'pg-service': { render: pgService, engines: ['postgres'], holdsToken: false, standsAlone: false },
  'my-cnf': { render: myCnf, engines: ['mysql', 'mariadb'], holdsToken: true, standsAlone: false },
  jdbc: { render: jdbc, engines: every, holdsToken: false, standsAlone: false },
} satisfies Record<FormatName, Format>;

/** Whether a format goes by this name. */
export function isFormatName(text: string): text is FormatName {
  return Object.hasOwn(formats, text);
}

/**
 * Writes a connection in a format.
 *
 * @throws FormatError `ENGINE_UNSUPPORTED` where the format does not exist for the engine, and whatever
 *   the format itself cannot express.
 */
export function render(name: FormatName, target: ConnectionTarget): string {
  const format: Format = formats[name];
  if (!format.engines.includes(target.engine)) {
    throw new FormatError('ENGINE_UNSUPPORTED', 'engine');
  }
  return format.render(target);
}
