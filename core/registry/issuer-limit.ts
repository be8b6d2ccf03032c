/**
 * The most issuers a registry holds. The verifier keeps the keys of as many: with more, JWTs that name
 * them in turn would empty its cache and its cool-downs, before any signature is checked (A6).
 */
export const maxIssuers = 100;
