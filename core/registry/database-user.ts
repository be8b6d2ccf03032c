/** Why a text cannot be a database user here, or `undefined`. */
export function databaseUserProblem(user: string): string | undefined {
  // A16: in a policy these are wildcards, variables and the separator of the ARN.
  if (/[*?${}/]/.test(user)) return 'A database user holds no *, ?, $, {, } or slash; rename it.';
  return allowed.test(user) ? undefined : 'Use visible characters of Latin-1, without white space.';
}

/** STS takes session policies in Latin-1 only: a user beyond it would be refused at the first vend. */
const allowed = /^[!-~\u00a1-\u00ac\u00ae-\u00ff]+$/;
