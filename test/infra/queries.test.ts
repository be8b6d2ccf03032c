import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { auditFields } from './audit-fields.ts';
import { deploy, get, ofType } from './stack.ts';

const shape = z.strictObject({
  Name: z.string(),
  LogGroupNames: z.array(z.string()),
  QueryString: z.string(),
});

const accessLog = z.looseObject({ AccessLogSetting: z.looseObject({ Format: z.string() }) });

const queries = ofType(deploy(), 'AWS::Logs::QueryDefinition').map(([, { Properties }]) =>
  shape.parse(Properties),
);

const atTheGateway = queries.filter(({ LogGroupNames }) =>
  LogGroupNames.includes('AccessLogGroup'),
);
const ofRecords = queries.filter((query) => !atTheGateway.includes(query));

/** Words of the query language that the queries use. */
const language = new Set(
  'fields filter stats count as earliest latest by sort desc asc limit and or'.split(' '),
);

/** The fields that a query reads: its words, less its texts, its language, and what it or Insights names. */
function fieldsOf(query: string): string[] {
  const bare = query.replace(/'[^']*'|@\w+/g, '');
  const given = new Set([...bare.matchAll(/\bas (\w+)/g)].map(([, name]) => name ?? ''));
  const words = bare.match(/[a-zA-Z][\w.]*/g) ?? [];
  return words.filter((word) => !language.has(word) && !given.has(word));
}

describe('the saved queries', () => {
  it('answer the questions that will be asked', () => {
    expect(queries.map(({ Name }) => Name)).toEqual([
      'tokenvend/who-had-access',
      'tokenvend/what-did-this-caller-open',
      'tokenvend/which-vend-is-this-session',
      'tokenvend/whose-token',
      'tokenvend/why-refused',
      'tokenvend/why-refused-at-the-gateway',
    ]);
  });

  it.each(ofRecords)('$Name reads only fields that a record has', ({ QueryString }) => {
    const fields = fieldsOf(QueryString);

    expect(fields.length).toBeGreaterThan(3);
    expect(fields.filter((field) => !auditFields.includes(field))).toEqual([]);
  });

  it.each(ofRecords)('$Name reads audit records, and no other line of the log', (query) => {
    expect(query.QueryString).toMatch(/\bfilter audit = 'vend'/);
    expect(query.LogGroupNames).toContain('TokensLogGroup');
  });

  it.each([
    'who-had-access',
    'what-did-this-caller-open',
    'which-vend-is-this-session',
    'whose-token',
  ])('never make one caller of two: %s tells accounts and issuers apart', (name) => {
    const query = queries.find(({ Name }) => Name === `tokenvend/${name}`);
    // What rows are made of: the groups, or the fields where nothing is counted.
    const rows = /^(?:\s*by|fields) (.*)$/m.exec(query?.QueryString ?? '')?.[1]?.split(', ');

    expect(rows).toEqual(expect.arrayContaining(['caller.account', 'caller.issuer']));
  });

  it('look for refusals where the authorizer writes them, too', () => {
    const refusals = queries.find(({ Name }) => Name.endsWith('/why-refused'));

    expect(refusals?.LogGroupNames).toEqual(['TokensLogGroup', 'AuthorizerLogGroup']);
  });

  it('look for what API Gateway refuses by itself in the access log, by its fields', () => {
    const { AccessLogSetting } = accessLog.parse(get(deploy(), 'Api').Properties);
    const logged = z.record(z.string(), z.string()).parse(JSON.parse(AccessLogSetting.Format));

    const [query] = atTheGateway;

    expect(query?.LogGroupNames).toEqual(['AccessLogGroup']);
    expect(query?.QueryString).toContain("filter errorType != '-' or firewall = 'WAF_BLOCK'");
    expect(logged).toMatchObject({
      errorType: '$context.error.responseType',
      firewall: '$context.wafResponseCode',
    });
    expect(Object.keys(logged)).toEqual(expect.arrayContaining(fieldsOf(query?.QueryString ?? '')));
  });
});
