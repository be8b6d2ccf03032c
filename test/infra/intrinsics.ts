/** What a template's functions can refer to. */
export interface Scope {
  readonly mappings: Tree;
  readonly conditions: Tree;
  /** Parameters and pseudo parameters. A name that is not here stands for a resource. */
  readonly values: ReadonlyMap<string, string | readonly string[]>;
}

export interface Tree {
  readonly [key: string]: unknown;
}

/** Whether a value is an object with names. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Works out a value as CloudFormation would. A resource is referred to by its logical id, and its
 * attributes as `Id.Attribute`. Throws for whatever CloudFormation would refuse.
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => evaluate(item, scope)).filter((item) => item !== undefined);
  }
  if (!isTree(value)) return value;
  const [name = '', ...others] = Object.keys(value);
  const run = intrinsics.get(name);
  if (run !== undefined && others.length === 0) return run(value[name], scope);
  const entries = Object.entries(value).map(([key, item]) => [key, evaluate(item, scope)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

const intrinsics = new Map<string, (argument: unknown, scope: Scope) => unknown>([
  ['Ref', (name, scope) => reference(text(name), scope)],
  ['Fn::GetAtt', (path) => list(path).join('.')],
  ['Fn::Sub', substitute],
  ['Fn::Join', join],
  ['Fn::Split', split],
  ['Fn::Select', select],
  ['Fn::If', choose],
  ['Fn::Condition', (name, scope) => isMet(text(name), scope)],
  ['Fn::And', (parts, scope) => list(evaluate(parts, scope)).every((part) => part === true)],
  ['Fn::Or', (parts, scope) => list(evaluate(parts, scope)).some((part) => part === true)],
  ['Fn::Equals', (pair, scope) => same(list(evaluate(pair, scope)))],
  ['Fn::Not', (one, scope) => list(evaluate(one, scope))[0] !== true],
  ['Fn::FindInMap', findInMap],
]);

function reference(name: string, scope: Scope): unknown {
  return name === 'AWS::NoValue' ? undefined : (scope.values.get(name) ?? name);
}

function substitute(argument: unknown, scope: Scope): string {
  const [template, own = {}] = Array.isArray(argument) ? argument : [argument];
  const values = evaluate(own, scope);
  return text(template).replace(/\$\{([\w:.]+)\}/g, (_whole, name: string) =>
    text(isTree(values) && name in values ? values[name] : reference(name, scope)),
  );
}

function join(argument: unknown, scope: Scope): string {
  const [delimiter, items] = list(argument);
  return list(evaluate(items, scope)).map(text).join(text(delimiter));
}

function split(argument: unknown, scope: Scope): string[] {
  const [delimiter, source] = list(argument);
  return text(evaluate(source, scope)).split(text(delimiter));
}

function choose(argument: unknown, scope: Scope): unknown {
  const [condition, yes, no] = list(argument);
  return evaluate(isMet(text(condition), scope) ? yes : no, scope);
}

/** Whether a condition of the template holds. */
export function isMet(name: string, scope: Scope): boolean {
  if (!(name in scope.conditions)) throw new Error(`no condition ${name}`);
  return evaluate(scope.conditions[name], scope) === true;
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, items] = list(argument);
  const found = list(evaluate(items, scope))[Number(index)];
  if (found === undefined) throw new Error(`no item ${index}`);
  return found;
}

function findInMap(argument: unknown, scope: Scope): unknown {
  return list(argument)
    .map(text)
    .reduce<unknown>((level, key) => {
      if (!isTree(level) || !(key in level)) throw new Error(`no mapping ${key}`);
      return level[key];
    }, scope.mappings);
}

const same = ([left, right]: readonly unknown[]): boolean => left === right;

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error('expected a list');
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('expected a string');
  return value;
}
