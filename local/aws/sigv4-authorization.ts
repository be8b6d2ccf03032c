/** What an `Authorization` header claims, in the form AWS calls a credential scope and a signature. */
export interface AuthorizationClaim {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** Sorted, each once. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Reads the header strictly: its three parts in order, signed headers sorted and each once. */
export function readAuthorization(header: string): AuthorizationClaim | undefined {
  const found = authorizationPattern.exec(header);
  if (found === null) return undefined;
  const [, accessKeyId = '', date = '', region = '', service = '', names = '', signature = ''] =
    found;
  const signedHeaders = names.split(';');
  const sorted = [...new Set(signedHeaders)].sort();
  if (sorted.join(';') !== names) return undefined;
  return { accessKeyId, date, region, service, signedHeaders, signature };
}

const authorizationPattern =
  /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]{16,128})\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=([a-z0-9_;-]+), ?Signature=([0-9a-f]{64})$/;
