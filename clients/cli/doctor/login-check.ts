import type { Engine } from '../../../core/registry/model.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Dialled } from './dial.ts';
import { type Finding, failed, ok } from './finding.ts';
import type { LoginAnswer, LoginProtocol, LoginRequest, SecureOptions } from './login.ts';
import { refusalAdvice, refusedBeforeToken } from './login-advice.ts';

/** Whether the database lets the token in; and where not, what its answer means. */
export async function checkLogin(
  engine: Engine,
  { open, login }: LoginProtocol,
  dialled: Dialled,
  request: LoginRequest,
  options: SecureOptions,
): Promise<Finding> {
  try {
    const socket = await open(dialled, options);
    const answer = await login(socket, request, options.timeoutMs);
    return judged(engine, answer, request.user);
  } catch {
    const todo =
      'It broke off during the login. Its log says more; is it a database of this engine?';
    return failed('login', 'no answer that can be understood', todo, exitCodes.usage);
  }
}

function judged(engine: Engine, answer: LoginAnswer, user: string): Finding {
  if (answer.result === 'in') return ok('login', `in as ${user}, and out again`);
  if (answer.result === 'other-password') {
    const saw = `${user} is asked for another kind of password`;
    return failed('login', saw, notAnIamUser[engine], exitCodes.usage);
  }
  const { code, asked } = answer;
  const advice = asked ? refusalAdvice : refusedBeforeToken;
  const todo = advice[engine].get(code) ?? 'The database’s log says more under this code.';
  const when = asked ? 'the token was refused' : 'refused before a token was asked for';
  return failed('login', `${when}: ${code}`, todo, exitCodes.usage);
}

const mysqlUser =
  "The user is not an IAM user: ALTER USER … IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'.";

const notAnIamUser = {
  postgres:
    'The user is not an IAM user: GRANT rds_iam TO the user, as a superuser of the database.',
  mysql: mysqlUser,
  mariadb: mysqlUser,
} as const satisfies Record<Engine, string>;
