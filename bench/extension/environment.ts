import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { nightlyCredentials } from '../../local/callers.ts';
import { freePort } from '../../local/free-port.ts';
import type { RunningPart } from '../../local/running-parts.ts';
import type { StackBehindTls } from '../stack-behind-tls.ts';

/** What one extension and its function find around them. */
export interface FunctionEnvironment extends RunningPart {
  readonly port: number;
  /** The function's own variables; Lambda adds the role's credentials and its Region. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The only user that the function's role may be. */
export const prefetch = 'orders/orders_batch';
export const tokenPath = '/v1/tokens?database=orders&user=orders_batch';

/** A function's variables as docs/lambda.md sets them, with a port and a folder for `/tmp` of their own. */
export async function functionEnvironment(
  { apiUrl, apiCaFile }: Pick<StackBehindTls, 'apiUrl' | 'apiCaFile'>,
  own: Readonly<Record<string, string>> = {},
): Promise<FunctionEnvironment> {
  const temporary = await mkdtemp(join(tmpdir(), 'tokenvend-bench-'));
  const port = await freePort();
  const variables = {
    // The launcher takes the first Node that it finds: it has to be the peers'.
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    TMPDIR: temporary,
    TOKENVEND_API_URL: apiUrl,
    TOKENVEND_PORT: String(port),
    NODE_EXTRA_CA_CERTS: apiCaFile,
    ...own,
  };
  return { port, variables, close: () => rm(temporary, { recursive: true, force: true }) };
}

/** The role's credentials, as Lambda hands them to a function. */
export function roleCredentials({ stack }: Pick<StackBehindTls, 'stack'>) {
  const expiresAt = new Date(Date.now() + 3_600_000);
  return { ...nightlyCredentials(stack), expiresAt };
}
