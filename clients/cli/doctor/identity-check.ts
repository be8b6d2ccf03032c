import { ClientError } from '../../api-client/client-error.ts';
import type { FindIdentity } from '../../identity/find-identity.ts';
import { exitCodes } from '../exit-codes.ts';
import { explainError } from '../explain-error.ts';
import { type Finding, failed, ok } from './finding.ts';
import { type JwtFacts, jwtFacts } from './jwt-facts.ts';

const check = 'identity';

/** Whether there is an identity that could be good: read, of the right form, for this API, not expired. */
export async function checkIdentity(
  find: FindIdentity | undefined,
  { now, audience }: { readonly now: Date; readonly audience: string | undefined },
): Promise<Finding> {
  if (find === undefined) return ok(check, 'AWS credentials (--auth iam)');
  try {
    const source = await find();
    const facts = jwtFacts(await source.read());
    if (facts === undefined) return notAJwt(source.description);
    return judged(source.description, facts, { now, audience });
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    const saw = error.reason === 'identity-missing' ? 'none' : 'found, but it cannot be read';
    return failed(check, saw, explainError(error)?.text ?? error.message, exitCodes.identity);
  }
}

function judged(
  place: string,
  { issuer, audiences, expiresAt }: JwtFacts,
  { now, audience }: { readonly now: Date; readonly audience: string | undefined },
): Finding {
  const until = expiresAt.toISOString();
  const saw = `${place}: iss ${issuer}, aud ${audiences.join(' ')}, exp ${until}`;
  if (expiresAt <= now) {
    const todo = 'It has expired. Get a new one, or find out who should have renewed it.';
    return failed(check, saw, todo, exitCodes.identity);
  }
  if (audience !== undefined && !audiences.includes(audience)) {
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
