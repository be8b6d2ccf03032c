import { z } from 'zod';
import { deploy, everything, ofType } from './stack.ts';

const metric = z.strictObject({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string() })),
});
export type AlarmMetric = z.infer<typeof metric>;

const query = z.union([
  z.strictObject({ Id: z.string(), Label: z.string(), Expression: z.string() }),
  z.strictObject({
    Id: z.string(),
    AccountId: z.string().optional(),
    ReturnData: z.literal(false),
    MetricStat: z.strictObject({
      Period: z.number(),
      Stat: z.string(),
      Metric: metric,
    }),
  }),
]);

const alarm = z
  .looseObject({
    AlarmName: z.string(),
    AlarmDescription: z.string(),
    AlarmActions: z.array(z.string()).optional(),
    OKActions: z.array(z.string()).optional(),
    ComparisonOperator: z.string(),
    Threshold: z.coerce.number(),
    EvaluationPeriods: z.number(),
    DatapointsToAlarm: z.number().optional(),
    TreatMissingData: z.enum(['breaching', 'notBreaching']),
    Metrics: z.array(query).optional(),
    MetricName: z.string().optional(),
  })
  .transform((found) => ({ ...found, watched: watchedBy(found) }));
export type Alarm = z.infer<typeof alarm>;

/** Every metric that an alarm looks at, alone or in an expression. */
function watchedBy(found: {
  readonly Metrics?: readonly z.infer<typeof query>[] | undefined;
}): AlarmMetric[] {
  if (found.Metrics === undefined) return [metric.strip().parse(found)];
  return found.Metrics.flatMap((one) => ('MetricStat' in one ? [one.MetricStat.Metric] : []));
}

/** The alarms of a deployment with everything, by logical id. */
export function alarmsOf(
  parameters: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, Alarm> {
  const found = ofType(deploy({ ...everything, ...parameters }), 'AWS::CloudWatch::Alarm');
  return new Map(found.map(([name, { Properties }]) => [name, alarm.parse(Properties)]));
}
