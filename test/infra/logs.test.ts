import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deploy, everything, get, ofType } from './stack.ts';

const apiShape = z.looseObject({
  AlwaysDeploy: z.boolean(),
  MinimumCompressionSize: z.number().optional(),
  TracingEnabled: z.boolean(),
  AccessLogSetting: z.object({ DestinationArn: z.string(), Format: z.string() }),
  MethodSettings: z.array(
    z.object({
      ResourcePath: z.string(),
      HttpMethod: z.string(),
      DataTraceEnabled: z.boolean(),
      LoggingLevel: z.string(),
      MetricsEnabled: z.boolean(),
      ThrottlingRateLimit: z.coerce.number(),
      ThrottlingBurstLimit: z.coerce.number(),
    }),
  ),
});

const api = apiShape.parse(get(deploy(), 'Api').Properties);

describe('the log groups', () => {
  it('all forget after a while', () => {
    const groups = ofType(deploy(everything), 'AWS::Logs::LogGroup');

    expect(groups.length).toBeGreaterThan(6);
    for (const [name, { Properties }] of groups) {
      expect({ name, days: Number(Properties.RetentionInDays) > 0 }).toEqual({ name, days: true });
    }
  });

  it.each(['AuthorizerLogGroup', 'TokensLogGroup', 'AccessLogGroup'])(
    '%s holds evidence: it is kept longer, and outlives the stack',
    (name) => {
      const group = get(deploy({ AuditRetentionDays: '365', LogRetentionDays: '1' }), name);

      expect(group.Properties.RetentionInDays).toBe('365');
      expect(group).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    },
  );
});

describe('the access log', () => {
  const fields = z.record(z.string(), z.string()).parse(JSON.parse(api.AccessLogSetting.Format));

  it('is one line of JSON with the request id and the caller', () => {
    expect(api.AccessLogSetting.Format).not.toContain('\n');
    expect(fields).toMatchObject({
      requestId: '$context.requestId',
      jwtCaller: '$context.authorizer.principalId',
      iamCaller: '$context.identity.userArn',
    });
    expect(api.AccessLogSetting.DestinationArn).toBe('AccessLogGroup.Arn');
  });

  it('A21: holds no header, no claim, and nothing with which a caller could break its JSON', () => {
    const inserted = Object.values(fields);

    expect(inserted.filter((value) => !/^\$context\.[\w.]+$/.test(value))).toEqual([]);
    for (const leak of [
      /authorization/i,
      /header/i,
      /userAgent/,
      /authorizer\.identity/,
      /token/i,
    ]) {
      expect(inserted.filter((value) => leak.test(value))).toEqual([]);
    }
    expect(inserted).not.toContain('$context.path');
  });
});

describe('the stage', () => {
  it('A21: never traces data, which would log tokens and JWTs', () => {
    expect(api.MethodSettings.map(({ DataTraceEnabled }) => DataTraceEnabled)).toEqual([
      false,
      false,
      false,
    ]);
    expect(new Set(api.MethodSettings.map(({ LoggingLevel }) => LoggingLevel))).toEqual(
      new Set(['OFF']),
    );
  });

  it('A24: throttles every route, and those for tokens more tightly', () => {
    const rates = new Map(
      api.MethodSettings.map((setting) => [
        `${setting.HttpMethod} ${setting.ResourcePath.replaceAll('~1', '/').replace('//', '/')}`,
        setting.ThrottlingRateLimit,
      ]),
    );
    const general = rates.get('* /*') ?? 0;

    expect(general).toBeGreaterThan(0);
    for (const path of ['POST /v1/tokens', 'POST /v1/iam/tokens']) {
      expect(rates.get(path)).toBeLessThan(general);
    }
  });

  it('is deployed anew for changed parameters, is traced, and compresses nothing', () => {
    expect(api.AlwaysDeploy).toBe(true);
    expect(api.TracingEnabled).toBe(true);
    expect(api.MinimumCompressionSize).toBeUndefined();
  });
});
