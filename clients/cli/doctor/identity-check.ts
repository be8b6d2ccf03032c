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

/** Whether there is an identity that could be good: read, of the right form, for this API, not expired. */
export async function checkIdentity(
  find: FindIdentity | undefined,
  about: IdentityFor,
): Promise<Finding> {
  if (find === undefined) return ok(check, 'AWS credentials (--auth iam)');
  try {
    const source = await find();
    const facts = jwtFacts(await source.read());
    if (facts === undefined) return notAJwt(source.description);
    return judged(source.description, facts, about);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    const saw = error.reason === 'identity-missing' ? 'none' : 'found, but it cannot be read';
    return failed(check, saw, explainError(error)?.text ?? error.message, exitCodes.identity);
  }
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
