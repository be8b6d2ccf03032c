import fc from 'fast-check';
import {
  type ConnectionTarget,
  type TargetOptions,
  targetOf,
} from '../../../../core/connection/target.ts';
import type { VendAnswer } from '../../../../core/vend-answer.ts';
import { anAnswer, host } from '../../../builders/answers.ts';

/** Looks like a token, and grants nothing. */
export const sampleToken = `${host}:5432/?Action=connect&DBUser=orders_app&X-Amz-Expires=900&X-Amz-Security-Token=IQoJb3JpZ2lu~_-.%2F%2B%3D&X-Amz-Signature=${'0f'.repeat(32)}`;

/** An answer with the token that the formats are tried with. */
export function aVendAnswer(
  change: Partial<Omit<VendAnswer, 'database'>> & {
    readonly database?: Partial<VendAnswer['database']>;
  } = {},
): VendAnswer {
  const { database, ...rest } = change;
  const usual = anAnswer({ id: '01981f2e-7a4b-7c3d-8e5f-0123456789ab', token: sampleToken });
  return { ...usual, database: { ...usual.database, ...database }, ...rest };
}

/** A target with its files in place; `change` reaches fields that `targetOf` would have checked. */
export function aTarget(
  change: Partial<ConnectionTarget> = {},
  options: TargetOptions = {},
): ConnectionTarget {
  return {
    ...targetOf(aVendAnswer(), { caFile: '/run/db/orders/ca.pem', ...options }),
    ...change,
  };
}

/** The same, of a database whose registry entry has no `dbname`. */
export function aTargetWithoutDbname(change: Partial<ConnectionTarget> = {}): ConnectionTarget {
  const { dbname: _, ...target } = aTarget(change);
  return target;
}

/** Strings over the alphabet of real tokens (SigV4 query strings), at real lengths. */
export const tokens = fc.string({
  unit: fc.constantFrom(...'abcXYZ0189:/?&=%-_.~+'),
  minLength: 1,
  maxLength: 2_500,
});

/** What somebody writes who wants to break out of a format; and ordinary text of every script. */
export const hostileText = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...` '"\\\`$%!#*;:=@/?&+,()[]{}<>|~-.\t\n\r\u00e9\u4e2d\u{1f512}aZ0`),
    minLength: 1,
    maxLength: 40,
  }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
);

/** The same, on one line. */
export const hostileLine = hostileText
  .map((text) => text.replace(/[\r\n]/g, ''))
  .filter((text) => text !== '');
