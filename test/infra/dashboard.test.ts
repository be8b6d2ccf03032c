import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { counterNames } from '../../core/log.ts';
import { probeMetrics } from '../../functions/probe/handler.ts';
import { deploy, get } from './stack.ts';

const body = z.strictObject({
  widgets: z.array(
    z.strictObject({
      type: z.enum(['alarm', 'metric', 'log']),
      x: z.number(),
      y: z.number(),
      width: z.number(),
      height: z.number(),
      properties: z.looseObject({
        title: z.string(),
        alarms: z.array(z.string()).default([]),
        metrics: z.array(z.array(z.unknown())).default([]),
      }),
    }),
  ),
});

const stack = deploy();
const { widgets } = body.parse(
  JSON.parse(String(get(stack, 'Dashboard').Properties.DashboardBody)),
);

describe('the dashboard', () => {
  it('shows every alarm that any deployment has', () => {
    const shown = widgets.flatMap(({ properties }) => properties.alarms);
    const alarms = [...stack].filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm');

    expect(shown.sort()).toEqual(alarms.map(([name]) => `${name}.Arn`).sort());
  });

  it('shows every counter of the functions, and none that there is not', () => {
    const metrics = widgets.flatMap(({ properties }) => properties.metrics);
    const own = metrics.filter(([namespace]) => namespace === 'tokenvend').map(([, name]) => name);

    const reported: readonly unknown[] = [...counterNames, ...probeMetrics];
    expect(own.filter((name) => !reported.includes(name))).toEqual([]);
    expect(counterNames.filter((name) => !own.includes(name))).toEqual([]);
  });

  it('has no widget over another', () => {
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from(
        { length: width * height },
        (_, index) => `${x + (index % width)} ${y + Math.floor(index / width)}`,
      ),
    );

    expect(new Set(cells).size).toBe(cells.length);
    expect(widgets.every(({ x, width }) => x + width <= 24)).toBe(true);
  });
});
