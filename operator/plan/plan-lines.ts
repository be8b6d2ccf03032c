import { type Change, isRisky, type Plan } from './plan.ts';
import type { LimitChange, ReachedUser } from './reach.ts';

/** Most entries of a list that are written out; JSON has them all. */
const maxShown = 10;

/** How a report marks up what comes from the registry, and its lists. */
interface Style {
  readonly title: (text: string) => string;
  readonly change: (text: string) => string;
  readonly item: (text: string) => string;
  /** A name, rule or ARN. */
  readonly quoted: (text: string) => string;
}

/** A plan for people at a terminal. */
export const planLines = (plan: Plan): readonly string[] =>
  report(plan, {
    title: (text) => text,
    change: (text) => `  ${text}`,
    item: (text) => `      ${text}`,
    quoted: (text) => text,
  });

/** A plan for a pull request's comment. What the registry says stands in code spans: it could mention people, or be HTML. */
export const planMarkdown = (plan: Plan): readonly string[] =>
  report(plan, {
    title: (text) => `### ${text}`,
    change: (text) => `- ${text}`,
    item: (text) => `  - ${text}`,
    quoted: codeSpan,
  });

function report({ before, after, changes }: Plan, style: Style): readonly string[] {
  const { title, quoted } = style;
  const versions = `${quoted(before)} to ${quoted(after)}`;
  if (changes.length === 0) return [title(`No change of access: ${versions}`)];
  const risky = changes.filter(isRisky);
  const rest = changes.filter((change) => !isRisky(change));
  return [
    title(`Changes of access: ${versions}`),
    ...section('Look at these first', risky, style),
    ...section('Also', rest, style),
  ];
}

function section(name: string, changes: readonly Change[], style: Style): readonly string[] {
  if (changes.length === 0) return [];
  return ['', style.title(name), '', ...changes.flatMap((change) => changeLines(change, style))];
}

function changeLines(change: Change, style: Style): readonly string[] {
  const { change: bullet, item, quoted } = style;
  switch (change.kind) {
    case 'setting':
      return [bullet(`${quoted(change.of)}: ${quoted(change.what)}`)];
    case 'rule':
      return [
        bullet(`member ${quoted(change.member)} is ${change.how}`),
        item(`before: ${quoted(change.before)}`),
        item(`after: ${quoted(change.after)}`),
        ...change.newlyAdmits.map((text) => item(`newly admits ${quoted(text)}`)),
      ];
    case 'renamed':
      return nameLines(change.kind, change.databases, renamedText(style), style);
    case 'removed':
      return nameLines(change.kind, change.databases, quoted, style);
    default:
      return [
        bullet(`${sentences[change.kind]} ${counted(change.users.length, 'database user')}`),
        ...shown(change.rules, (rule) => item(`who: ${quoted(rule)}`), item),
        ...shown<ReachedUser | LimitChange>(
          change.users,
          (user) => item(userText(user, style)),
          item,
        ),
      ];
  }
}

function nameLines<T>(
  kind: 'renamed' | 'removed',
  databases: readonly T[],
  text: (database: T) => string,
  { change: bullet, item }: Style,
): readonly string[] {
  const heading = `${kind.toUpperCase()} ${counted(databases.length, 'database')}: ${nameless}`;
  return [bullet(heading), ...shown(databases, (one) => item(text(one)), item)];
}

const nameless = 'requests by the old name are refused, and a suspension of it stops nobody';

const renamedText =
  ({ quoted }: Style) =>
  ({ before, after }: { readonly before: string; readonly after: string }): string =>
    `${quoted(before)} becomes ${quoted(after)}`;

const sentences = {
  gained: 'GAINED',
  lost: 'LOST',
  relaxed: 'LIMITS RELAXED for',
  tightened: 'limits tightened for',
} as const;

function userText(user: ReachedUser | LimitChange, { quoted }: Style): string {
  const limits = 'before' in user ? `${user.before}; now ${user.limits}` : user.limits;
  const bounds = limits === 'without limits' ? '' : ` ${limits}`;
  return `${quoted(user.name)} ${quoted(user.arn)}${bounds}`;
}

function shown<T>(
  values: readonly T[],
  line: (value: T) => string,
  item: (text: string) => string,
): readonly string[] {
  const more = values.length - maxShown;
  const rest = more > 0 ? [item(`and ${more} more`)] : [];
  return [...values.slice(0, maxShown).map(line), ...rest];
}

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A code span whose fence is longer than any run of backticks in it (CommonMark, section 6.1). */
function codeSpan(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const padding = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${padding}${text.replace(/\s+/g, ' ')}${padding}${fence}`;
}
