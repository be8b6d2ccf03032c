import type { Command } from 'commander';
import type { TeamRole } from '../../operator/roles/team-roles.ts';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { printJson, registryArgument, withRegistry } from './registry-document.ts';

interface RolesOptions {
  readonly vendorRole: string;
  readonly account?: string;
  readonly condition: readonly string[];
  readonly json?: true;
}

/** `tokenvend registry roles <path>`: the roles that the teams need, as CloudFormation or JSON. */
export function defineRolesVerb(command: Command, context: CommandContext): void {
  command
    .argument('<path>', registryArgument)
    .requiredOption(
      '--vendor-role <arn>',
      'the output VendorRoleArn of tokenvend’s own stack; of several, with commas',
    )
    .option('--account <id>', 'only the roles of this account; needed where there are several')
    .option('--condition <condition...>', 'for logins: StringEquals:aws:PrincipalOrgID=o-1', [])
    .option('--json', 'print names, trust and policies of all accounts as JSON')
    .action((path: string, options: RolesOptions) => roles(path, options, context));
  addManual(command, {
    notes: [
      'Prints a template for one account. Deploy it with --capabilities CAPABILITY_NAMED_IAM.',
    ],
    examples: [
      [
        'one account',
        'registry roles registry --account 111122223333 --vendor-role "$VENDOR_ROLE_ARN" > roles.yaml',
      ],
    ],
  });
}

async function roles(path: string, options: RolesOptions, context: CommandContext): Promise<void> {
  await withRegistry(path, context, async (document) => {
    const { connectConditions } = await import('../../operator/roles/conditions.ts');
    const { teamRoles } = await import('../../operator/roles/team-roles.ts');
    const { roleTemplate } = await import('../../operator/roles/cloudformation.ts');
    const conditions = connectConditions(options.condition);
    const { account, vendorRole: vendorRoleArn } = options;
    const wanted = teamRoles(document, { vendorRoleArn, account, conditions });
    if (options.json) printJson(context, { roles: wanted });
    else context.out(roleTemplate(ofOneAccount(wanted)));
  });
}

function ofOneAccount(roles: readonly TeamRole[]): readonly TeamRole[] {
  const accounts = [...new Set(roles.map(({ account }) => account))];
  if (accounts.length === 0)
    throw usageError('The registry grants nothing there: no role is needed.');
  if (accounts.length > 1) {
    throw usageError(
      `A template is for one account: give --account, one of ${accounts.join(', ')}.`,
    );
  }
  return roles;
}
