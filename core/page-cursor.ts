import { VendError } from './errors.ts';
import { namePart } from './name.ts';

/** How far a listing has come: what a cursor says. */
export interface PageEnd {
  /** The last database that the caller was shown, on this page or on one before it. */
  readonly shown: string | undefined;
  /** The last one looked at, where that was not shown. A14: not by its name, which a cursor would tell. */
  readonly looked?: Position;
}

/** A place in the list of databases of one of the caller's grantees; counts from 0, as both do. */
export interface Position {
  readonly place: number;
  readonly grantee: number;
  /** Of the lists that the numbers are good for: 16 hex digits. */
  readonly mark: string;
}

/** Before anything was shown or looked at. */
export const firstPage: PageEnd = { shown: undefined };

/** At most 124 characters, which `openapi.yaml` has room for. */
export const writeCursor = (end: PageEnd): string => Buffer.from(textOf(end)).toString('base64url');

/**
 * The inverse of {@link writeCursor}.
 *
 * @throws VendError `INVALID_REQUEST` `query-invalid` for a cursor that this API did not give out.
 */
export function readCursor(cursor: string): PageEnd {
  const match = form.exec(Buffer.from(cursor, 'base64url').toString());
  const { shown, place, grantee, mark } = match?.groups ?? {};
  const end: PageEnd = {
    shown,
    ...(mark !== undefined && {
      looked: { place: Number(place), grantee: Number(grantee), mark },
    }),
  };
  if (match === null || writeCursor(end) !== cursor) {
    throw new VendError('INVALID_REQUEST', 'query-invalid');
  }
  return end;
}

const position = /(?<place>\d{1,7}) (?<grantee>\d{1,4}) (?<mark>[0-9a-f]{16})/.source;

const form = new RegExp(`^(?=.)(?<shown>${namePart})?(?: ${position})?$`);

function textOf({ shown = '', looked }: PageEnd): string {
  return looked === undefined ? shown : `${shown} ${looked.place} ${looked.grantee} ${looked.mark}`;
}
