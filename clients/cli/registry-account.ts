import type { Command } from 'commander';
import type { RegistryDocument } from '../../core/registry/model.ts';
import type { AccountReader } from '../../operator/drift/account-reader.ts';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { withRegistry } from './registry-document.ts';

/** Which account is compared, as flags say it: that of the credentials. */
export interface AccountOptions {
  readonly region: readonly string[];
  readonly profile?: string;
}

/** Gives a command the flags that name an account and its Regions. */
export function addAccountOptions(command: Command): Command {
  return command
    .option('--region <region...>', 'Regions besides those of the registry’s databases', [])
    .option('--profile <name>', 'a profile of the AWS configuration');
}

/** Reads the registry, opens the account of the credentials, and goes on with both. */
export async function withAccount(
  path: string,
  options: AccountOptions,
  context: CommandContext,
  work: (document: RegistryDocument, reader: AccountReader) => Promise<void>,
): Promise<void> {
  await withRegistry(path, context, async (document) => {
    const { env } = context;
    const [region = env.AWS_REGION ?? document.databases[0]?.region] = options.region;
    if (region === undefined) throw usageError('Give --region, or set AWS_REGION.');
    const { defaultChain } = await import('./aws-chain.ts');
    const { openAccount } = await import('./aws-account.ts');
    const { explainingAws } = await import('../../operator/drift/explaining-aws.ts');
    const credentials = defaultChain({ profile: options.profile });
    await explainingAws(() => work(document, openAccount({ region, credentials, env })));
  });
}
