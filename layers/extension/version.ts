/** The package's version, for the `User-Agent`; a test compares the two. */
export const version = '0.1.0';
