import { STSClient } from '@aws-sdk/client-sts';
import { createAssumeRole } from '../../adapters/assume-role.ts';
import { createCallerLimits } from '../../adapters/caller-limits.ts';
import { createRdsTokens } from '../../adapters/rds-tokens.ts';
import { createStdoutAudit } from '../../adapters/stdout-audit.ts';
import { createStsSessions } from '../../adapters/sts-sessions.ts';
import { createTelemetry } from '../../adapters/telemetry.ts';
import { createTokensHandler, type TokensDependencies } from '../../functions/tokens/handler.ts';
import { ourApiId } from './events.ts';
import { aRegistry } from './ports.ts';
import { aClaimsMember, aSlice } from './registry.ts';
import { someBundles } from './vend.ts';

/** Each is planted where the real thing is, and none may come out, but the token to its caller. */
export const secrets = {
  jwt: 'eyJhbGciOiJSUzI1NiJ9.planted-jwt.c2ln',
  secretKey: 'planted-secret-key',
  sessionToken: 'planted-session-token',
  ownKey: 'planted-own-key',
  claim: 'planted-claim',
  body: 'planted-body',
  message: 'planted-message',
};

/** The tokens function as it is wired on Lambda, with secrets planted; STS is the test's to answer for. */
export function wired(parts: Partial<TokensDependencies> = {}) {
  const { log, counters, logger, metrics } = createTelemetry();
  const clock = () => new Date();
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: secrets.ownKey };
  const client = new STSClient({ region: 'eu-west-1', credentials });
  const member = aClaimsMember([{ key: 'email', match: { exact: secrets.claim } }]);
  return createTokensHandler({
    registry: aRegistry(aSlice({ members: [member] })),
    sessions: createStsSessions({
      assumeRole: createAssumeRole({ sts: client, clock }),
      limits: createCallerLimits({ clock, maxBuckets: 10 }),
      clock,
      log,
      counters,
      maxSessions: 10,
    }),
    tokens: createRdsTokens({ clock }),
    caBundles: someBundles(),
    audit: createStdoutAudit({ stream: process.stdout, log, counters }),
    clock,
    ids: () => 'vend-1',
    apiId: ourApiId,
    publicUrl: undefined,
    log,
    logger,
    metrics,
    ...parts,
  });
}
