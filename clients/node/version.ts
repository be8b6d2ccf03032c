/** The library's own version, for the `User-Agent`. A test holds it against package.json. */
export const version = '0.1.0';
