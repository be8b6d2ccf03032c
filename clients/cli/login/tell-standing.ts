import type { ApiClient } from '../../api-client/api-client.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { jwtFacts } from '../doctor/jwt-facts.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../printable.ts';
import type { Session } from './session.ts';

/**
 * Tells a person who has just signed in what that is worth to the API: whether it works is not to come
 * out with the first token. An API that does not answer now is no reason to have failed.
 *
 * Rejects with `CliError` (4) where the API does not accept the identity.
 */
export async function tellStanding(
  api: Pick<ApiClient, 'whoami'>,
  session: Session,
  { out }: Pick<CommandContext, 'out'>,
): Promise<void> {
  const standing = await api.whoami().catch((error: unknown) => {
    if (statusOf(error) === 401) throw notAccepted(session);
    return undefined;
  });
  const who = standing === undefined ? '' : ` as ${printable(standing.principal)}`;
  const teams = standing?.teams.map(({ team }) => printable(team)).join(', ');
  const standingText = teams === undefined ? '' : teams === '' ? ', in no team' : `, in ${teams}`;
  const until = session.refreshToken === undefined ? untilOf(session) : 'renewed while you use it';
  out(`Signed in${who}${standingText}; ${until}.\n`);
}

const untilOf = ({ expiresAt }: Session): string => `until ${expiresAt.toISOString()}`;

function statusOf(error: unknown): unknown {
  return error instanceof Error && 'status' in error ? error.status : undefined;
}

/** Names what the registry has to list; both are said in public, by the API and by the provider. */
function notAccepted({ issuer, identity }: Session): CliError {
  const audiences = jwtFacts(identity)?.audiences.map(printable).join(' or ') ?? '';
  return new CliError(
    exitCodes.refused,
    `The sign-in worked, but the API does not accept it. Its registry has to list the issuer ${printable(issuer)} with the audience ${audiences}.`,
  );
}
