import type { AgentStatus, TargetStatus } from './agent-status.ts';

/** The agent's metrics in Prometheus' text format, version 0.0.4. Holds names, instants and counts. */
export function prometheusText(status: Pick<AgentStatus, 'targets'>): string {
  return metrics.map((metric) => family(metric, status.targets())).join('');
}

interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  /** `undefined` where there is nothing to tell yet. */
  readonly read: (target: TargetStatus) => number | undefined;
}

const metrics: readonly Metric[] = [
  {
    name: 'tokenvend_agent_token_expires_at_seconds',
    type: 'gauge',
    help: 'When the token in the files ends, in seconds since the epoch.',
    read: ({ expiresAt }) => (expiresAt === undefined ? undefined : +expiresAt / 1000),
  },
  {
    name: 'tokenvend_agent_writes_total',
    type: 'counter',
    help: 'How often the files were replaced.',
    read: ({ writes }) => writes,
  },
  {
    name: 'tokenvend_agent_failed_passes_total',
    type: 'counter',
    help: 'Passes in which no new token could be had or written.',
    read: ({ failures }) => failures,
  },
];

/** Aliases need no escaping: they hold letters, digits, `_` and `-`. */
function family({ name, type, help, read }: Metric, targets: readonly TargetStatus[]): string {
  const lines = targets.flatMap((target) => {
    const value = read(target);
    return value === undefined ? [] : [`${name}{target="${target.alias}"} ${value}\n`];
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}
