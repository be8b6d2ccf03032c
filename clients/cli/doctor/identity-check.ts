import { ClientError } from '../../api-client/client-error.ts';
import type { FindIdentity } from '../../identity/find-identity.ts';
import { exitCodes } from '../exit-codes.ts';
import { explainError } from '../explain-error.ts';
import { type Finding, failed, ok } from './finding.ts';
import { type JwtFacts, jwtFacts } from './jwt-facts.ts';

const check = 'identity';

/** What a good identity is for. */
export interface IdentityFor {
  readonly now: Date;
  /** The API's own; `undefined` where the API did not say. */
  readonly audience: string | undefined;
  /** The client that people sign in with, which is what their ID tokens are for. */
  readonly clientId?: string | undefined;
}

/** What was found of the identity, and whether there is one at all that the API can be asked with. */
interface IdentityChecked {
  readonly finding: Finding;
  readonly isThere: boolean;
}

/** Whether there is an identity that could be good: read, of the right form, for this API, not expired. */
export async function checkIdentity(
  find: FindIdentity | undefined,
  about: IdentityFor,
): Promise<IdentityChecked> {
  if (find === undefined)
    return { isThere: true, finding: ok(check, 'AWS credentials (--auth iam)') };
  let place = 'none';
  try {
    const source = await find();
    place = source.description;
    const facts = jwtFacts(await source.read());
    if (facts === undefined) return { isThere: false, finding: notAJwt(place) };
    return { isThere: true, finding: judged(place, facts, about) };
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return { isThere: false, finding: unusable(place, error) };
  }
}

function unusable(saw: string, error: ClientError): Finding {
  return failed(check, saw, explainError(error)?.text ?? error.message, exitCodes.identity);
}

function judged(
  place: string,
  { issuer, audiences, expiresAt }: JwtFacts,
  { now, audience, clientId }: IdentityFor,
): Finding {
  const until = expiresAt.toISOString();
  const saw = `${place}: iss ${issuer}, aud ${audiences.join(' ')}, exp ${until}`;
  if (expiresAt <= now) {
    const todo = 'It has expired. Get a new one, or find out who should have renewed it.';
    return failed(check, saw, todo, exitCodes.identity);
  }
  const isForUs = audiences.some((one) => one === audience || one === clientId);
  if (audience !== undefined && !isForUs) {
    const todo = `It is not for this API. Ask its issuer for one with the audience ${audience}.`;
    return failed(check, saw, todo, exitCodes.identity);
  }
  return ok(check, saw);
}

function notAJwt(place: string): Finding {
  const todo =
    'What is there is not a JWT with iss, aud and exp. Is it the right file, variable or command?';
  return failed(check, `${place}: not a JWT`, todo, exitCodes.identity);
}
