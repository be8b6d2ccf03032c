import fc from 'fast-check';
import { isRecord } from '../../core/registry/guards.ts';

/** Texts that are one to six cuts, pastes and doublings away from those of `originals`. */
export function editedText(originals: fc.Arbitrary<string>, pieces: fc.Arbitrary<string>) {
  const edit = fc.record({
    at: fc.nat(),
    drop: fc.nat(6),
    insert: fc.oneof(pieces, fc.constant('')),
  });
  return fc
    .tuple(originals, fc.array(edit, { minLength: 1, maxLength: 6 }))
    .map(([text, edits]) => edits.reduce(spliced, text));
}

function spliced(text: string, { at, drop, insert }: { at: number; drop: number; insert: string }) {
  const from = at % (text.length + 1);
  return text.slice(0, from) + insert + text.slice(from + drop);
}

/** Values that are one to four changes away from `original`: parts removed, replaced, added, or misplaced. */
export function editedTree(original: unknown, values: fc.Arbitrary<unknown>) {
  const edit = fc.record({
    kind: fc.constantFrom('remove', 'replace', 'add', 'misplace', 'rename'),
    at: fc.nat(),
    from: fc.nat(),
    key: fc.oneof(fc.constantFrom('__proto__', 'constructor', '', 'extra'), fc.string()),
    value: values,
  });
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) => edits.reduce<unknown>(changed, original));
}

interface Edit {
  readonly kind: 'remove' | 'replace' | 'add' | 'misplace' | 'rename';
  /** Which part, and for `misplace` which other one takes its place; counted round and round. */
  readonly at: number;
  readonly from: number;
  readonly key: string;
  readonly value: unknown;
}

type Path = readonly (string | number)[];

function changed(tree: unknown, edit: Edit): unknown {
  const parts = partsOf(tree, []);
  const part = parts[edit.at % parts.length];
  const other = parts[edit.from % parts.length];
  return replaced(tree, part?.path ?? [], (old) => {
    if (edit.kind === 'misplace') return [other?.value];
    if (edit.kind === 'replace') return [edit.value];
    if (edit.kind === 'remove') return [];
    return [Array.isArray(old) ? [...old, edit.value] : withKey(old, edit)];
  });
}

function withKey(old: unknown, { kind, key, value }: Edit): unknown {
  if (!isRecord(old)) return value;
  const [first, ...rest] = Object.entries(old);
  const entries =
    kind === 'rename' && first
      ? [...rest, [key, first[1]]]
      : [...Object.entries(old), [key, value]];
  return Object.fromEntries(entries);
}

function partsOf(value: unknown, path: Path): { path: Path; value: unknown }[] {
  const children: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : isRecord(value)
      ? Object.entries(value)
      : [];
  return [{ path, value }, ...children.flatMap(([key, child]) => partsOf(child, [...path, key]))];
}

/** `tree` with the part at `path` replaced by what `change` gives: one value, or none. */
function replaced(
  tree: unknown,
  path: Path,
  change: (old: unknown) => readonly unknown[],
): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(tree)[0] ?? null;
  const next = (key: string | number, value: unknown): readonly unknown[] => {
    if (key !== step) return [value];
    return rest.length === 0 ? change(value) : [replaced(value, rest, change)];
  };
  if (Array.isArray(tree))
    return tree.flatMap((item, index) => next(index, item).map((one) => one));
  if (!isRecord(tree)) return tree;
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) => next(key, value).map((one) => [key, one])),
  );
}
