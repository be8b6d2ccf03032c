import type { Command } from 'commander';
import type { OperatorDependencies } from '../../operator/publish-registry.ts';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { explainingFaults } from './operator-faults.ts';

/** Where the registry's table is, as flags say it. */
export interface TableOptions {
  readonly registryTable: string;
  readonly region?: string;
  readonly profile?: string;
  /** Kept with what the verb changes. */
  readonly reason?: string;
}

/** Of verbs that change what is in force, or what may be. */
export interface ChangeOptions extends TableOptions {
  readonly json?: true;
}

/** Gives a command the flags that name the table. */
export function addTableOptions(command: Command): Command {
  return command
    .requiredOption('--registry-table <name>', 'the table: the output RegistryTable of the stack')
    .option('--region <region>', 'its Region; else AWS_REGION')
    .option('--profile <name>', 'a profile of the AWS configuration');
}

/** Gives a command the flags that name the table, say why, and choose how the outcome is printed. */
export function addChangeOptions(command: Command): Command {
  return addTableOptions(command)
    .option('--reason <text>', 'why, for whoever asks later')
    .option('--json', 'print the outcome as JSON');
}

/** Opens the table for an operator's work; faults become a line and an exit code. */
export async function withTable(
  options: TableOptions,
  context: CommandContext,
  work: (deps: OperatorDependencies) => Promise<void>,
): Promise<void> {
  const { env, clock } = context;
  const { registryTable: table, profile } = options;
  const region = options.region || env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (!region) throw usageError('Give --region, or set AWS_REGION.');
  await explainingFaults(context, async () => {
    const { defaultChain } = await import('./aws-chain.ts');
    const { openOperator } = await import('../../operator/open-operator.ts');
    const { withReason } = await import('../../operator/signature.ts');
    const { explainingTable } = await import('../../operator/explaining-table.ts');
    const credentials = defaultChain({ profile });
    const opened = await openOperator({ table, region, credentials, env, clock });
    const deps = withReason(opened, options.reason);
    await explainingTable(() => work(deps)).finally(() => deps.table.client.destroy());
  });
}
