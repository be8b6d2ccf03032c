/**
 * Condition keys that RDS does not evaluate for `rds-db:connect` (RDS User Guide, "Creating and using an
 * IAM policy for IAM database access"), in lower case. A policy that relies on one either refuses every
 * login or, as a Deny, none; both look like protection.
 */
const ignored: ReadonlyMap<string, string> = new Map([
  ['aws:sourceip', network()],
  ['aws:sourcevpc', network()],
  ['aws:sourcevpce', network()],
  ['aws:vpcsourceip', network()],
  ['aws:useragent', 'Nothing can check this: whoever sends it chooses it.'],
  ['aws:referer', 'Nothing can check this: whoever sends it chooses it.'],
]);

/** Where a limit works that RDS would ignore; `undefined` for a key that RDS evaluates. */
export const remedyFor = (key: string): string | undefined => ignored.get(key.toLowerCase());

function network(): string {
  return (
    'Limit from where tokens are given out with vendFromCidrs, or with a condition on ' +
    'execute-api:Invoke; limit who reaches the database with its security group.'
  );
}
