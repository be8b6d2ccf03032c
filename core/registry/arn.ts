import { isPartition } from './partitions.ts';

/** An IAM role or user by its ARN. */
export interface PrincipalArn {
  readonly partition: string;
  readonly account: string;
  readonly kind: 'role' | 'user';
  /** `/` for a principal without a path. */
  readonly path: string;
  readonly name: string;
}

/**
 * Reads the ARN of an IAM role or user. Everything else, such as `:root`, a session's ARN
 * (`assumed-role/…`) or `federated-user/…`, is none. Names: 1 to 64 of `[\w+=,.@-]` (IAM quotas).
 */
export function readPrincipalArn(text: string): PrincipalArn | undefined {
  const found =
    /^arn:([a-z-]+):iam::(\d{12}):(role|user)(\/(?:[!-.0-~]+\/)*)([\w+=,.@-]{1,64})$/.exec(text);
  const [, partition = '', account = '', kind = '', path = '', name = ''] = found ?? [];
  if (!isPartition(partition) || path.includes('*')) return undefined;
  return { partition, account, kind: kind === 'role' ? 'role' : 'user', path, name };
}
