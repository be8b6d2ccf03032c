import fc from 'fast-check';
import { FormatError } from '../../../core/connection/format-error.ts';
import { type FormatName, render } from '../../../core/connection/formats.ts';
import type { ConnectionTarget } from '../../../core/connection/target.ts';
import { aTarget, hostileText, tokens } from '../../unit/core/connection/builders.ts';

/** Under which all endpoints lie, so that one certificate is enough. */
export const readBackDomain = 'c9akciq32abc.eu-west-1.rds.amazonaws.com';

/** Dense with what is an escape in one of the formats, and means something else if it is not escaped. */
const escapes = fc.string({
  unit: fc.constantFrom(...`\\"'nrtbs:*%20#\n\t `),
  minLength: 1,
  maxLength: 12,
});

const texts = fc.oneof(hostileText, escapes);

/** PostgreSQL's NAMEDATALEN - 1: no server has a user or database with a longer name. */
const names = texts.filter((text) => Buffer.byteLength(text) <= 63);

/** Names of files are whatever the kernel takes (255 bytes at most). */
const fileNames = texts
  .map((text) => text.replaceAll('/', '_'))
  .filter((text) => !/^\.{1,2}$/.test(text) && Buffer.byteLength(text) <= 240);

/** One connection to be written down. */
export interface ReadBackCase {
  readonly target: ConnectionTarget;
  /** For the files beside the format, whose paths are hostile as well. */
  readonly fileName: string;
}

/** Connections whose every text may hold anything; what a format refuses, `written` leaves out. */
export const readBackCases: fc.Arbitrary<ReadBackCase> = fc
  .record({
    name: texts,
    label: fc.stringMatching(/^[a-z][a-z0-9]{0,30}(-[a-z0-9]{1,20})?$/),
    port: fc.integer({ min: 1, max: 65_535 }),
    user: names,
    dbname: fc.option(names, { nil: undefined }),
    token: fc.oneof(tokens, texts),
    applicationName: hostileText,
    fileName: fileNames,
  })
  .map(({ fileName, label, dbname, ...change }) => {
    const { dbname: _, ...target } = aTarget({ ...change, host: `${label}.${readBackDomain}` });
    return { fileName, target: { ...target, ...(dbname === undefined ? {} : { dbname }) } };
  });

/** The format's text. What it refuses to write is no case: fast-check takes another one. */
export function written(format: FormatName, target: ConnectionTarget): string {
  try {
    return render(format, target);
  } catch (error) {
    fc.pre(!(error instanceof FormatError));
    throw error;
  }
}
