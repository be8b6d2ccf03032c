/** What a client asks a token for: names of the registry (openapi.yaml, `TokenRequest`). */
export interface TokenRequest {
  readonly database: string;
  /** May be left out where the caller has exactly one. */
  readonly user?: string | undefined;
  /** Needed where several of the caller's teams grant the request. */
  readonly team?: string | undefined;
  /** Whether the answer should hold the CA's PEM. */
  readonly inlineCa?: boolean | undefined;
  /** Whether a token handed out before will not do: a login with it has just failed. */
  readonly fresh?: boolean | undefined;
}

/** The request as the API wants it: what is not said is left out. */
export function bodyOf({ database, user, team, inlineCa, fresh }: TokenRequest): string {
  return JSON.stringify({
    database,
    user,
    team,
    ...(inlineCa === true ? { inlineCa } : {}),
    ...(fresh === true ? { fresh } : {}),
  });
}
