import type { Session, SessionPlan } from '../../core/session.ts';
import type { IssuedToken } from '../../core/vend-answer.ts';
import { secondsAfter, startOfTest } from './clock.ts';

export function aPlan(parts: Partial<SessionPlan> = {}): SessionPlan {
  return {
    callerKey: '["jwt","https://issuer.example.com","api"]',
    roleArn: 'arn:aws:iam::111122223333:role/tokenvend-payments',
    region: 'eu-west-1',
    durationSeconds: 3600,
    roleSessionName: 'api-0123456789abcdef',
    sourceIdentity: 'api-0123456789abcdef',
    policy: '{"Version":"2012-10-17","Statement":[]}',
    ...parts,
  };
}

/** An hour's session, assumed at the start of the test. */
export function aSession(parts: Partial<Session> = {}): Session {
  return {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    sessionToken: 'FwoGZXIvYXdzEXAMPLE+/=',
    assumedAt: startOfTest,
    expiresAt: secondsAfter(3600),
    ...parts,
  };
}

export function anIssuedToken(parts: Partial<IssuedToken> = {}): IssuedToken {
  return {
    token: 'orders.c9akciq32abc.eu-west-1.rds.amazonaws.com:5432/?Action=connect&DBUser=orders_app',
    issuedAt: startOfTest,
    expiresAt: secondsAfter(900),
    refreshAfter: secondsAfter(600),
    reused: false,
    ...parts,
  };
}
