/**
 * Signature algorithms that an issuer may use: the asymmetric ones of RFC 7518 section 3.1 and RFC
 * 8037. A4: with a symmetric one, everybody who can read the public key could sign.
 */
export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
