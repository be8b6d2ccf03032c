import { resolve } from 'node:path';
import type { Command } from 'commander';
import { putFile } from '../agent/atomic-file.ts';
import { type ApiOptions, addApiOptions } from './api-options.ts';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { withApi } from './open-api.ts';
import { patienceOf, retrying } from './retrying.ts';

interface CaOptions extends ApiOptions {
  readonly out?: string;
}

/** `tokenvend ca [bundle]`: the roots behind the databases' certificates. Needs no identity. */
export function defineCaVerb(command: Command, context: CommandContext): void {
  command
    .argument(
      '[bundle]',
      "a Region, global, or amazon-roots for RDS Proxy; the API's own Region if not said",
    )
    .option('--out <path>', 'write it to a file, whole or not at all');
  addManual(addApiOptions(command), {
    examples: [
      ['the Region of the API', 'ca'],
      ['for RDS Proxy, into a file', 'ca amazon-roots --out /etc/ssl/rds-proxy.pem'],
    ],
  });
  command.action((bundle: string | undefined, options: CaOptions) => ca(bundle, options, context));
}

async function ca(
  bundle: string | undefined,
  options: CaOptions,
  context: CommandContext,
): Promise<void> {
  const { pem } = await withApi(options, context, ({ api }) =>
    retrying(
      async () => api.ca(bundle ?? (await api.config()).region),
      patienceOf(options.wait, context.clock),
    ),
  );
  if (options.out === undefined) return context.out(pem);
  await putFile({ path: resolve(options.out), content: pem, mode: 0o644 });
}
