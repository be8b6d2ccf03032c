import type { Command, Option } from 'commander';

/** The variable that stands for a flag: `--api-url` is TOKENVEND_API_URL. */
export function variableOf(option: Pick<Option, 'name'>): string {
  return `TOKENVEND_${option.name().toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Gives the flags of a command and of those below it what the environment says; the command line, which
 * is read later, wins. Empty counts as not set, and a flag without a value is off at `0` and `false`:
 * CI systems set variables that they have no value for.
 */
export function applyEnvironment(
  command: Command,
  env: Readonly<Record<string, string | undefined>>,
): void {
  for (const option of command.options) {
    const text = env[variableOf(option)];
    if (text === undefined || text === '' || option.name() === 'version') continue;
    command.setOptionValueWithSource(option.attributeName(), valueIn(option, text), 'env');
  }
  for (const below of command.commands) applyEnvironment(below, env);
}

function valueIn(option: Option, text: string): unknown {
  const takesValue = option.required || option.optional;
  if (!takesValue) return /^(0|false|no|off)$/i.test(text) ? undefined : true;
  // Flags that may be repeated: one value on each line, since values may hold anything else.
  return Array.isArray(option.defaultValue) ? text.split('\n').filter((line) => line !== '') : text;
}

/** A flag's text in the help: what it is, whether it must be given, its default, and its variable. */
export function describeOption(option: Option): string {
  if (option.long === '--help' || option.long === '--version') return option.description;
  const { defaultValue } = option;
  const byDefault = typeof defaultValue === 'string' ? ` (default: ${defaultValue})` : '';
  const required = option.mandatory ? ' (required)' : '';
  return `${option.description}${required}${byDefault} [$${variableOf(option)}]`;
}
