import { X509Certificate } from 'node:crypto';
import type { CaBundle } from '../../core/vend-answer.ts';

/** A database user, as a client asks for it. */
export interface ProbeTarget {
  readonly database: string;
  readonly user: string;
}

/** What came of asking for a token: `vended`, `denied`, or why there was no telling. Never a token. */
export type AskOutcome = 'vended' | 'denied' | `failed:${string}`;

export interface ProbeChecks {
  /** Goes through the API as any client does, on a session and a token that are made for it. */
  readonly ask: (target: ProbeTarget) => Promise<AskOutcome>;
  readonly mustBeAllowed: ProbeTarget;
  readonly mustBeDenied: ProbeTarget;
  readonly caBundles: {
    names(): readonly string[];
    find(name: string): CaBundle | undefined;
  };
  readonly clock: () => Date;
}

/** What one run of the probe found. */
export interface ProbeFindings {
  readonly allowed: AskOutcome;
  readonly denied: AskOutcome;
  /** Milliseconds from asking for the token to having it and its CA. */
  readonly vendMs: number;
  /** Whole days until the first root of any bundle on board expires; negative once it has. */
  readonly caDaysLeft: number;
}

/** Asks for what must be given and for what must be refused, and looks at the certificates on board. */
export async function runChecks(checks: ProbeChecks): Promise<ProbeFindings> {
  const { ask, clock } = checks;
  const startedMs = clock().getTime();
  const allowed = await ask(checks.mustBeAllowed);
  const vendMs = clock().getTime() - startedMs;
  const denied = await ask(checks.mustBeDenied);
  return { allowed, denied, vendMs, caDaysLeft: caDaysLeft(checks) };
}

const msPerDay = 86_400_000;

function caDaysLeft({ caBundles, clock }: ProbeChecks): number {
  const ends = caBundles.names().flatMap((name) => endsOf(caBundles, name));
  return Math.floor((Math.min(...ends, farFutureMs) - clock().getTime()) / msPerDay);
}

/** 9999-12-31: the latest that a certificate can last (RFC 5280 section 4.1.2.5). */
const farFutureMs = 253_402_214_400_000;

/** A bundle that cannot be read, or holds nothing, is as bad as one that expired: since 1970. */
function endsOf(caBundles: ProbeChecks['caBundles'], name: string): number[] {
  try {
    const pem = caBundles.find(name)?.pem ?? '';
    const certificates = pem.match(certificatePattern) ?? [''];
    return certificates.map((one) => new X509Certificate(one).validToDate.getTime());
  } catch {
    return [0];
  }
}

const certificatePattern = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
