import { createJwtVerifier, type VerifyJwt } from '../../../adapters/jwt-verifier.ts';
import { aServer } from './jwks-server.ts';
import { aJwt, aLog, anIssuer, aRegistry, now, type Signer } from './jwt-fixtures.ts';

/** An issuer with a server of its own, whose answer and whose clock the test sets. */
export async function aRemoteIssuer(...signers: readonly Signer[]) {
  const state = { signers, status: 200, now };
  const log = aLog();
  const server = await aServer((_request, response) => {
    response.statusCode = state.status;
    response.end(JSON.stringify({ keys: state.signers.map(({ jwk }) => jwk) }));
  });
  const issuer = anIssuer({ keys: { kind: 'remote', jwksUri: server.url } });
  const verify: VerifyJwt = createJwtVerifier({
    registry: aRegistry(issuer),
    clock: () => state.now,
    log,
  });
  const passSeconds = (seconds: number): void => {
    state.now = new Date(state.now.getTime() + seconds * 1000);
  };
  const jwtOf = (signer: Signer, header = {}): Promise<string> => {
    const seconds = Math.floor(state.now.getTime() / 1000);
    return aJwt(signer, { iat: seconds, exp: seconds + 600 }, header);
  };
  return { state, server, verify, log, passSeconds, jwtOf };
}
