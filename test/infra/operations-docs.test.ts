import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { counterNames } from '../../core/log.ts';
import { probeMetrics } from '../../functions/probe/handler.ts';
import { alarmsOf } from './alarms.ts';
import { auditFields } from './audit-fields.ts';
import { deploy, ofType, source } from './stack.ts';

const page = (name: string): string =>
  readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8');

/** The cells of every row of a table whose first cells are as the header says. */
function rowsUnder(text: string, header: string): string[][] {
  const table = text.split('\n\n').find((block) => block.startsWith(header)) ?? '';
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const codes = (text: string): string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, one]) => one ?? '');

const queries = new Map(
  ofType(deploy(), 'AWS::Logs::QueryDefinition').map(([, { Properties }]) => [
    String(Properties.Name).replace('tokenvend/', ''),
    String(Properties.QueryString),
  ]),
);

/** Names that look like parameters, and are AWS's or HTTP's. */
const ofOthers = [
  'AccessDenied',
  'AssumeRole',
  'Authorization',
  'ConcurrentExecutions',
  'DBInstanceIdentifier',
  'IamDbAuthConnectionFailure',
  'IamDbAuthConnectionFailureThrottling',
  'MetricsEnabled',
  'SystemErrors',
  'ThrottledRequests',
  'Throttles',
];

describe('docs/operate.md', () => {
  it('has a section for every alarm, and for nothing else', () => {
    const headings = [...page('operate').matchAll(/^### (tokenvend-\S+)$/gm)].map(
      ([, name]) => name,
    );
    const names = [...alarmsOf().values()].map(({ AlarmName }) => AlarmName);

    expect(headings.sort()).toEqual(names.sort());
  });

  it.each([...alarmsOf().values()])('says of $AlarmName whether it pages', (alarm) => {
    const section = page('operate').split(`### ${alarm.AlarmName}\n\n`)[1] ?? '';
    const level = alarm.AlarmActions?.join().endsWith(':page') ? 'Page.' : 'Ticket.';

    expect(section.startsWith(level)).toBe(true);
  });
});

describe.each(['operate', 'audit', 'cost', 'scale'])('docs/%s.md', (name) => {
  it('names only parameters, outputs and metrics that there are', () => {
    const known = new Set([
      ...Object.keys(source.Parameters),
      ...Object.keys(source.Outputs),
      ...counterNames,
      ...probeMetrics,
      ...ofOthers,
    ]);
    const named = codes(page(name)).map((code) => code.split('=')[0] ?? '');

    const unknown = named.filter((one) => /^[A-Z][a-z]+[A-Z]?\w*$/.test(one) && !known.has(one));

    expect(unknown).toEqual([]);
  });

  it('names only saved queries that there are', () => {
    const named = codes(page(name)).filter((code) => /^(who|what|which|why|whose)-/.test(code));

    expect(named.filter((one) => !queries.has(one))).toEqual([]);
  });
});

describe('docs/audit.md', () => {
  it('describes every field of a record, and no other', () => {
    const fields = rowsUnder(page('audit'), '| field |').flatMap(([cell = '']) => codes(cell));

    expect([...new Set(fields)].sort()).toEqual([...auditFields].sort());
  });

  it('describes every saved query, with what is to be replaced in it', () => {
    const rows = rowsUnder(page('audit'), '| question |');

    expect(rows.flatMap(([, cell = '']) => codes(cell)).sort()).toEqual([...queries.keys()].sort());
    for (const [, cell = '', placeholders = ''] of rows) {
      const query = queries.get(codes(cell)[0] ?? '') ?? '';
      const inQuery = [...query.matchAll(/'([A-Z][A-Z0-9-]+)'/g)].map(([, one]) => one);
      expect(codes(placeholders)).toEqual(inQuery);
    }
  });

  it('says what each audit store promises', () => {
    const stores = rowsUnder(page('audit'), '| `AuditStore` |').flatMap(([cell = '']) =>
      codes(cell),
    );

    expect(stores).toEqual(source.Parameters.AuditStore?.AllowedValues);
  });
});

describe('docs/cost.md', () => {
  const rows = page('cost')
    .split('\n')
    .filter((line) => /^\|.*\| [\d.]+ \| [^|]+ \| [\d.]+ \| [\d.]+ \|$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));

  it('multiplies as it should', () => {
    const wrong = rows.filter(
      ([, , quantity, , price, month]) =>
        Math.abs(Number(quantity) * Number(price) - Number(month)) > 0.0051,
    );

    expect(rows.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });

  it('adds up as it should', () => {
    const [main = ''] = page('cost').split('## What parameters add');
    const summands = rows.filter(([, what = '']) => main.includes(`| ${what} |`));
    const [, total] = /\| \*\*all\*\* \|[ |]*\*\*([\d.]+)\*\*/.exec(main) ?? [];

    const sum = summands.reduce((all, [, , , , , month]) => all + Number(month), 0);

    expect(sum.toFixed(2)).toBe(total);
  });

  it('counts the metrics that the alarms watch', () => {
    const watched = [...alarmsOf().values()].flatMap((alarm) => alarm.watched);
    const row = rows.find(([, what = '']) => what.startsWith('CloudWatch, alarms'));

    expect(row?.[2]).toBe(String(watched.length));
  });
});
