import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CaBundle } from '../../core/vend-answer.ts';
import { putFile } from '../agent/atomic-file.ts';
import type { ApiClient } from '../api-client/api-client.ts';
import { ClientError } from '../api-client/client-error.ts';
import { type ApiOptions, addApiOptions } from './api-options.ts';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { addManual } from './manual.ts';
import { withApi } from './open-api.ts';
import { printable } from './printable.ts';
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
    retrying(() => bundleOf(api, bundle), patienceOf(options.wait, context.clock)),
  );
  if (options.out === undefined) return context.out(pem);
  await putFile({ path: resolve(options.out), content: pem, mode: 0o644 });
}

/** All that can be wrong with this request is the name of the bundle. @throws CliError for that. */
async function bundleOf(
  api: Pick<ApiClient, 'ca' | 'config'>,
  named: string | undefined,
): Promise<CaBundle> {
  const name = named ?? (await api.config()).region;
  try {
    return await api.ca(name);
  } catch (error) {
    if (!(error instanceof ClientError && error.reason === 'request-invalid')) throw error;
    throw usageError(
      `The API has no CA bundle ${printable(name)} on board. docs/certificates.md says which there ` +
        'are, and how to add one.',
    );
  }
}
