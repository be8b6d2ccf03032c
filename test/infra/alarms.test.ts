import { describe, expect, it } from 'vitest';
import { counterNames } from '../../core/log.ts';
import { probeMetrics } from '../../functions/probe/handler.ts';
import { type AlarmMetric, alarmsOf } from './alarms.ts';
import { everything } from './stack.ts';

const alarms = [...alarmsOf()].map(([name, alarm]) => ({ name, alarm }));

const alarm = (name: string, parameters: Readonly<Record<string, string>> = {}) =>
  alarmsOf(parameters).get(name);

/** What the functions count, as `service metric`. */
const ours: readonly string[] = [
  ...['tokens', 'authorizer', 'databases'].flatMap((service) =>
    counterNames.map((metric) => `${service} ${metric}`),
  ),
  ...probeMetrics.map((metric) => `probe ${metric}`),
];

const serviceOf = ({ Dimensions, MetricName }: AlarmMetric): string =>
  `${Dimensions.map(({ Value }) => Value).join()} ${MetricName}`;

describe('the alarms', () => {
  it('are these', () => {
    expect(alarms.map(({ name }) => name).sort()).toEqual([
      'AuditAlarm',
      'AuthorizerAlarm',
      'CaExpiryAlarm',
      'DatabaseLoginsAlarm',
      'DeniedAlarm',
      'ErrorsAlarm',
      'LatencyAlarm',
      'ProbeAllowedAlarm',
      'ProbeDeniedAlarm',
      'RegistryStaleAlarm',
      'RegistryWriteAlarm',
      'StsThrottlingAlarm',
    ]);
  });

  it('come without those of parts that are not deployed', () => {
    const parameters = { RegistryBackend: 'packaged', ProbeTarget: '', WatchedDatabases: '' };

    expect([...alarmsOf(parameters).keys()].sort()).toEqual([
      'AuditAlarm',
      'AuthorizerAlarm',
      'DeniedAlarm',
      'ErrorsAlarm',
      'LatencyAlarm',
      'StsThrottlingAlarm',
    ]);
  });

  it.each(alarms)('$name notifies what a parameter names, of its beginning and its end', (one) => {
    const { AlarmActions = [], OKActions } = one.alarm;

    expect([everything.PageActions, everything.TicketActions]).toContain(AlarmActions.join());
    expect(OKActions).toEqual(AlarmActions);
  });

  it.each(alarms)(
    '$name is deployed without an action, where no parameter names one',
    ({ name }) => {
      const silent = alarm(name, { PageActions: '', TicketActions: '' });

      expect(silent).toBeDefined();
      expect(silent?.AlarmActions).toBeUndefined();
      expect(silent?.OKActions).toBeUndefined();
    },
  );

  it.each(alarms)('$name watches only what something reports', ({ alarm: { watched } }) => {
    const own = watched.filter(({ Namespace }) => !Namespace.startsWith('AWS/'));

    expect(watched.length).toBeGreaterThan(0);
    expect(own.map(serviceOf).filter((one) => !ours.includes(one))).toEqual([]);
    expect(own.map(({ Namespace }) => Namespace).filter((one) => one !== 'tokenvend')).toEqual([]);
  });

  it.each(alarms)('$name can tell a few data points from a state', ({ alarm: one }) => {
    expect(one.AlarmName).toMatch(/^tokenvend-[a-z-]+$/);
    expect(one.DatapointsToAlarm ?? one.EvaluationPeriods).toBeLessThanOrEqual(
      one.EvaluationPeriods,
    );
  });

  it('take the silence of the probe for a failure, and that of a counter for none', () => {
    const alarming = alarms.filter(({ alarm: one }) => one.TreatMissingData === 'breaching');

    expect(alarming.map(({ name }) => name)).toEqual(['ProbeAllowedAlarm', 'ProbeDeniedAlarm']);
  });

  it('page for what cannot wait', () => {
    const tickets = alarms.filter(({ alarm: one }) =>
      one.AlarmActions?.includes(everything.TicketActions),
    );

    expect(tickets.map(({ name }) => name).sort()).toEqual([
      'CaExpiryAlarm',
      'DeniedAlarm',
      'LatencyAlarm',
    ]);
  });
});

describe('the alarm for the authorizer', () => {
  it('takes refusals off its errors, for API Gateway wants a 401 to be thrown', () => {
    const { Metrics = [], watched = [] } = alarm('AuthorizerAlarm') ?? {};

    expect(Metrics).toContainEqual(
      expect.objectContaining({ Expression: 'FILL(errors, 0) - FILL(refused, 0)' }),
    );
    expect(watched).toMatchObject([
      { Namespace: 'AWS/Lambda', MetricName: 'Errors' },
      { MetricName: 'Unauthenticated', Dimensions: [{ Value: 'authorizer' }] },
    ]);
  });
});

describe('the alarm for a table that cannot be read', () => {
  it('needs two spells of five minutes in a quarter of an hour: one failed look wakes nobody', () => {
    expect(alarm('RegistryStaleAlarm')).toMatchObject({
      Threshold: 1,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
    });
  });
});

describe('the alarm for logins to databases', () => {
  const watchedWith = (parameters: Readonly<Record<string, string>>) =>
    (alarm('DatabaseLoginsAlarm', parameters)?.watched ?? []).map(
      ({ Dimensions }) => Dimensions[0]?.Value,
    );

  it('watches the databases listed, and fills up with none', () => {
    expect(watchedWith({ WatchedDatabases: 'orders,ledger' })).toEqual([
      'orders',
      'ledger',
      ...Array.from({ length: 8 }, () => '-'),
    ]);
  });

  it('watches as many as an alarm can hold', () => {
    const names = Array.from({ length: 10 }, (_, index) => `db${index}`);

    expect(watchedWith({ WatchedDatabases: names.join() })).toEqual(names);
  });

  it('looks into the account that has them', () => {
    const { Metrics = [] } =
      alarm('DatabaseLoginsAlarm', { WatchedDatabasesAccount: '111122223333' }) ?? {};

    const accounts = Metrics.flatMap((one) => ('MetricStat' in one ? [one.AccountId] : []));

    expect(new Set(accounts)).toEqual(new Set(['111122223333']));
  });

  it('sums all of them', () => {
    const { Metrics = [] } = alarm('DatabaseLoginsAlarm') ?? {};
    const ids = Metrics.flatMap((one) => ('MetricStat' in one ? [one.Id] : []));
    const [expression = ''] = Metrics.flatMap((one) =>
      'Expression' in one ? [one.Expression] : [],
    );

    expect(expression.match(/\bd\d\b/g)).toEqual(ids);
  });
});
