import { ClientError } from './client-error.ts';

/** The fields of one JSON object. Each method throws `ClientError` `answer-unreadable` where the field is not as asked. */
export interface Fields {
  has(name: string): boolean;
  isNull(name: string): boolean;
  /** A string, not empty; of the form, where one is given. */
  text(name: string, form?: RegExp): string;
  integer(name: string, least: number, most: number): number;
  /** RFC 3339 in UTC, kept as text. */
  instant(name: string): string;
  oneOf<T extends string>(name: string, values: readonly T[]): T;
  object(name: string): Fields;
  objects(name: string): readonly Fields[];
  texts(name: string): readonly string[];
}

/**
 * Reads a JSON value strictly, and what is not asked for not at all: answers may gain fields. By hand,
 * since a schema library weighs more than the clients that would use it.
 */
export function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable();
  // A map and not the object, whose prototype has fields of its own.
  const values = new Map<string, unknown>(Object.entries(value));
  return {
    has: (name) => values.has(name),
    isNull: (name) => values.get(name) === null,
    text: (name, form) => textIn(values.get(name), form),
    integer(name, least, most) {
      const number = values.get(name);
      if (typeof number !== 'number' || !Number.isInteger(number)) throw unreadable();
      if (number < least || number > most) throw unreadable();
      return number;
    },
    instant(name) {
      const text = textIn(values.get(name), instantForm);
      if (Number.isNaN(Date.parse(text))) throw unreadable();
      return text;
    },
    oneOf(name, allowed) {
      const found = allowed.find((one) => one === values.get(name));
      if (found === undefined) throw unreadable();
      return found;
    },
    object: (name) => fieldsOf(values.get(name)),
    objects: (name) => itemsIn(values.get(name)).map((item) => fieldsOf(item)),
    texts: (name) => itemsIn(values.get(name)).map((item) => textIn(item)),
  };
}

/** The fields of a JSON text. */
export function parseFields(json: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // The parser's own error quotes the text.
    throw unreadable();
  }
  return fieldsOf(value);
}

const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

function textIn(value: unknown, form?: RegExp): string {
  if (typeof value !== 'string' || value === '') throw unreadable();
  if (form !== undefined && !form.test(value)) throw unreadable();
  return value;
}

function itemsIn(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw unreadable();
  return value;
}

const unreadable = (): ClientError => new ClientError('answer-unreadable');
