import { uriComponent } from '../../core/connection/uri-component.ts';
import type { ApiClient } from '../api-client/api-client.ts';
import type { CommandContext } from './command-context.ts';

/**
 * Where a runner of GitHub Actions reads along, tells it each token before anybody is handed it: the runner
 * then shows asterisks in the job's log, whichever program prints the token there. Said on standard error,
 * which the runner reads as it does standard output: that one belongs to whoever wants the token.
 */
export function hidingTokens(
  vend: ApiClient['vend'],
  { err, isReadByRunner }: Pick<CommandContext, 'err' | 'isReadByRunner'>,
): ApiClient['vend'] {
  if (!isReadByRunner) return vend;
  return async (request, options) => {
    const answer = await vend(request, options);
    err(writtenForms(answer.token).map(addMask).join(''));
    return answer;
  };
}

/** The runner hides what it is told to the letter: the token bare, as in a URL, and as in a pgpass file. */
function writtenForms(token: string): readonly string[] {
  return [token, uriComponent(token), token.replaceAll(':', '\\:')];
}

/** GitHub Docs, "Workflow commands"; the escapes are those of the `@actions/core` toolkit. */
function addMask(secret: string): string {
  const data = secret.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return `::add-mask::${data}\n`;
}
