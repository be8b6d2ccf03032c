/** Decides whether a value read from JSON has a type. Small enough for a function's cold start, unlike zod. */
export type Guard<T> = (value: unknown) => value is T;

export const isText: Guard<string> = (value): value is string =>
  typeof value === 'string' && value !== '';

export const isInteger: Guard<number> = (value): value is number => Number.isSafeInteger(value);

/** A text of a known form. */
export const isMatching =
  (pattern: RegExp): Guard<string> =>
  (value): value is string =>
    typeof value === 'string' && pattern.test(value);

export const isOneOf =
  <const T extends string>(...values: readonly T[]): Guard<T> =>
  (value): value is T =>
    values.some((one) => one === value);

export const isListOf =
  <T>(isItem: Guard<T>): Guard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every((item) => isItem(item));

export const isFilledListOf =
  <T>(isItem: Guard<T>): Guard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.length > 0 && value.every((item) => isItem(item));

export const isEither =
  <A, B>(isOne: Guard<A>, isOther: Guard<B>): Guard<A | B> =>
  (value): value is A | B =>
    isOne(value) || isOther(value);

type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];
type OptionalKeys<T> = Exclude<keyof T, RequiredKeys<T>>;
type Guards<T, K extends keyof T> = { readonly [P in K]-?: Guard<Exclude<T[P], undefined>> };

/** An object with exactly these keys. A key of `T` without a guard does not compile. */
export const isObjectOf =
  <T extends object>(
    required: Guards<T, RequiredKeys<T>>,
    ...[optional]: OptionalKeys<T> extends never ? [] : [Guards<T, OptionalKeys<T>>]
  ): Guard<T> =>
  (value): value is T => {
    if (!isRecord(value)) return false;
    const must = new Map<string, Guard<unknown>>(Object.entries(required));
    const may = new Map<string, Guard<unknown>>(Object.entries(optional ?? {}));
    return (
      [...must.keys()].every((key) => Object.hasOwn(value, key)) &&
      Object.entries(value).every(([key, part]) => (must.get(key) ?? may.get(key))?.(part) === true)
    );
  };

/** A JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
