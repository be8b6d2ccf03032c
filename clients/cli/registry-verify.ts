import type { Command } from 'commander';
import type { RegistryDocument } from '../../core/registry/model.ts';
import type { Lack } from '../../operator/verify-grants.ts';
import type { CommandContext } from './command-context.ts';
import { printable } from './printable.ts';
import type { TableOptions } from './registry-table.ts';

/** Whether, and with which credentials, grants are compared with the roles in the databases' accounts. */
export interface VerifyOptions {
  readonly verify?: true;
  readonly verifyProfile: readonly string[];
}

/** Gives a command the flags for {@link lackingGrants}. */
export function addVerifyOptions(command: Command): Command {
  return command
    .option('--verify', 'refuse grants that the teams’ roles, as they are deployed, do not have')
    .option(
      '--verify-profile <name...>',
      'profiles that may read those roles, one per account',
      [],
    );
}

/** The grants that the deployed roles lack; none where nobody asked. @throws OperatorError. */
export async function lackingGrants(
  document: RegistryDocument,
  { verify, verifyProfile, region, profile }: VerifyOptions & TableOptions,
  { env }: CommandContext,
): Promise<readonly Lack[]> {
  if (!verify) return [];
  const { defaultChain } = await import('./aws-chain.ts');
  const { openAccount } = await import('./aws-account.ts');
  const { explainingAws } = await import('../../operator/drift/explaining-aws.ts');
  const { verifyGrants } = await import('../../operator/verify-grants.ts');
  const profiles = verifyProfile.length === 0 ? [profile] : verifyProfile;
  const asked = region || env.AWS_REGION || env.AWS_DEFAULT_REGION || '';
  const readers = profiles.map((name) =>
    openAccount({ region: asked, credentials: defaultChain({ profile: name }), env }),
  );
  return explainingAws(() => verifyGrants(document, readers));
}

/** A line for each lack, for standard error. */
export const lackLines = (lacks: readonly Lack[]): string =>
  lacks
    .map(({ role, message, kind }) => `${printable(`error: ${role}: ${message} [${kind}]`)}\n`)
    .join('');
