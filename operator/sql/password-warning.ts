/** What an existing user loses, and the way around it. For every engine alike. */
export const passwordWarning = (user: string): string =>
  `If ${user} exists and logs in with a password, that ends here: IAM takes its place. To move ` +
  'without a gap, list a second user in the registry, and create it with --user and --beside.';
