import * as z from 'zod';
import type { ClaimedCaller } from './claimed-caller.ts';
import { contentOf, invalid, jsonIn } from './given-file.ts';

/**
 * Reads who would be asking: an ARN, or a file that holds one, the claims of a JWT as JSON, or what
 * `aws sts get-caller-identity` prints. A JWT itself is refused: it is a credential, and what is
 * wanted here ends in terminals and tickets.
 *
 * @throws OperatorError `input-invalid`, `path-unreadable`. Neither repeats what was read.
 */
export async function readCaller(source: string): Promise<ClaimedCaller> {
  if (source.startsWith('arn:')) return { kind: 'iam', arn: source };
  // A21: a JWT that is pasted where a file is meant would be repeated as a file that cannot be read.
  refuseJwt(source);
  return callerIn((await contentOf(source)).trim());
}

function callerIn(text: string): ClaimedCaller {
  if (text.startsWith('arn:')) return { kind: 'iam', arn: text };
  refuseJwt(text);
  const value = jsonIn(text);
  const printed = printedByAws.safeParse(value);
  if (printed.success) {
    const [uniqueId = ''] = printed.data.UserId.split(':');
    return { kind: 'iam', arn: printed.data.Arn, uniqueId };
  }
  const claims = claimsSchema.safeParse(value);
  if (!claims.success)
    throw invalid('The identity is an ARN, or claims as a JSON object with iss.');
  return { kind: 'jwt', issuer: claims.data.iss, claims: claims.data };
}

function refuseJwt(text: string): void {
  if (/^eyJ[\w-]*\./.test(text)) {
    throw invalid(
      'This is a JWT, which is a credential; give a file with the claims in it as JSON.',
    );
  }
}

const printedByAws = z.object({ Arn: z.string().startsWith('arn:'), UserId: z.string() });
const claimsSchema = z.looseObject({ iss: z.string() });
