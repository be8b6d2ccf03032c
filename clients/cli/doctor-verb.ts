import type { Command } from 'commander';
import { type ApiOptions, addApiOptions, addTeamOption, addViaOption } from './api-options.ts';
import type { CommandContext } from './command-context.ts';
import { examine } from './doctor/examine.ts';
import type { Finding } from './doctor/finding.ts';
import { findingText } from './doctor/print-finding.ts';
import { addManual } from './manual.ts';
import { withApi } from './open-api.ts';
import { parseTarget, parseTunnels, targetSyntax } from './targets.ts';

interface DoctorOptions extends ApiOptions {
  readonly json?: true;
  readonly team?: string;
  readonly via?: string;
}

/** `tokenvend doctor <target>`: takes apart what a database reports as one failed login. */
export function defineDoctorVerb(command: Command, context: CommandContext): void {
  command.argument('<target>', targetSyntax).option('--json', 'print JSON, when all is done');
  addApiOptions(addViaOption(addTeamOption(command)));
  addManual(command, {
    notes: [
      'Says what each check saw, and what to do; never a token. It asks for one token, and logs in\n' +
        'with it once. Ends in 0 where all is well, and with the code of the first failure else\n' +
        '(2 for one of the network or the database).',
    ],
    examples: [
      ['why can I not connect', 'doctor orders/orders_app'],
      ['through a tunnel', 'doctor orders --via 127.0.0.1:15432'],
    ],
  });
  command.action((text: string, options: DoctorOptions) => doctor(text, options, context));
}

async function doctor(
  text: string,
  options: DoctorOptions,
  context: CommandContext,
): Promise<void> {
  const target = parseTarget(text);
  const via = parseTunnels(options.via, [target])(target);
  const { isTerminal, env, clock } = context;
  const isColoured = isTerminal && !env.NO_COLOR;
  const findings: Finding[] = [];
  await withApi(options, context, async (open) => {
    for await (const finding of examine({ open, target, team: options.team, via, clock })) {
      findings.push(finding);
      if (!options.json) context.out(findingText(finding, isColoured));
    }
  });
  if (options.json) context.out(`${JSON.stringify({ findings }, undefined, 2)}\n`);
  const first = findings.find(({ status }) => status === 'failed');
  if (first?.exitCode !== undefined) context.exit(first.exitCode);
}
