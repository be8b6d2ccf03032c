import type { VendAnswer } from '../../../core/vend-answer.ts';
import type { TargetName } from '../../agent/target-name.ts';
import type { ApiClient } from '../../api-client/api-client.ts';
import { ClientError } from '../../api-client/client-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { explainError } from '../explain-error.ts';
import { type Finding, failed, ok } from './finding.ts';

/** Whether the registry knows the caller: the teams that it belongs to. */
export async function checkTeams(api: Pick<ApiClient, 'whoami'>): Promise<Finding> {
  try {
    const { principal, teams } = await api.whoami();
    if (teams.length === 0) {
      const todo = 'No member of the registry fits this identity: have one added to your team.';
      return failed('team', `${principal}: no team`, todo, exitCodes.refused);
    }
    const names = teams.map(({ team, members }) => `${team} (${members.join(', ')})`);
    return ok('team', `${principal}: ${names.join('; ')}`);
  } catch (error) {
    return fromError('team', 'the API does not say who you are', error);
  }
}

/** Whether a token can be had; and the token, for the checks that follow. */
export async function checkGrant(
  api: Pick<ApiClient, 'vend'>,
  { database, user }: TargetName,
  team: string | undefined,
): Promise<{ readonly finding: Finding; readonly answer?: VendAnswer }> {
  try {
    const answer = await api.vend({ database, user, team });
    const saw = `${answer.database.name}/${answer.user} for ${answer.team}, until ${answer.expiresAt}`;
    return { answer, finding: ok('grant', `${saw}, vend ${answer.id}`) };
  } catch (error) {
    const target = user === undefined ? database : `${database}/${user}`;
    const why = isUngranted(error) ? ': no such grant of yours, or no such database user' : '';
    return { finding: fromError('grant', `no token for ${target}${why}`, error) };
  }
}

/** The API keeps to itself which of the two it is; a hint is about the caller's own standing instead. */
function isUngranted(error: unknown): boolean {
  return error instanceof ClientError && error.code === 'DENIED' && error.hint === undefined;
}

function fromError(check: string, saw: string, error: unknown): Finding {
  const explanation = explainError(error);
  if (explanation === undefined) throw error;
  return failed(check, saw, explanation.text, explanation.exitCode);
}
