/**
 * A name in a registry, of an issuer, a team, a member or a database, and of a CA bundle: 1 to 63 lower-case
 * letters, digits and hyphens, the first no hyphen (docs/registry.md). It becomes part of keys, paths, URLs
 * and file names, and none of these characters means anything there.
 */
export const namePart = '[a-z0-9][a-z0-9-]{0,62}';

/** A text that is a {@link namePart} and nothing else. */
export const namePattern = new RegExp(`^${namePart}$`);
