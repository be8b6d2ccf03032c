import type { StsErrorCode } from './sts-error.ts';

/** One request to the local STS, as CloudTrail would know it. No credentials. */
export interface StsCall {
  readonly action: string;
  /** Of `AssumeRole`. */
  readonly roleArn?: string;
  readonly roleSessionName?: string;
  readonly sourceIdentity?: string;
  readonly outcome: 'ok' | 'faulted' | StsErrorCode;
}

/** What the local STS was asked: counts for ever, and the last calls in full. */
export interface StsCalls {
  /** Requests of any action and outcome, or those that named the role. */
  count(roleArn?: string): number;
  /** Oldest first, 1,000 at most. */
  recent(): readonly StsCall[];
}

/** The log, and the way to add to it. */
export function callLog(): StsCalls & { add(call: StsCall): void } {
  const recent: StsCall[] = [];
  const byRole = new Map<string, number>();
  let total = 0;
  return {
    count: (roleArn) => (roleArn === undefined ? total : (byRole.get(roleArn) ?? 0)),
    recent: () => [...recent],
    add: (call) => {
      total++;
      if (call.roleArn !== undefined) {
        byRole.set(call.roleArn, (byRole.get(call.roleArn) ?? 0) + 1);
      }
      recent.push(call);
      if (recent.length > maxRecent) recent.shift();
    },
  };
}

const maxRecent = 1000;
