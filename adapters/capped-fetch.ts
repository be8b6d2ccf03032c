import type { IncomingMessage } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { isLoopback } from '../core/loopback.ts';

export interface FetchLimits {
  /** For the whole exchange, from the look-up of the name to the last byte. */
  readonly deadlineMs: number;
  readonly maxBodyBytes: number;
}

/** What went wrong; closed, so that nothing a server sent can end up in a log. */
export type FetchFault =
  | 'insecure-url'
  | 'unreachable'
  | 'deadline'
  | 'status'
  | 'too-large'
  | 'not-json';

/** Says what kind of fault it was and no more. */
export class FetchFailed extends Error {
  override readonly name = 'FetchFailed';
  readonly fault: FetchFault;

  constructor(fault: FetchFault) {
    super(`fetch failed: ${fault}`);
    this.fault = fault;
  }
}

/**
 * GETs a small JSON document from a server that may be broken or hostile: 200 or nothing, so no
 * redirect is followed (one could point into our own network); the body is counted as it arrives,
 * whatever its length header says; and one deadline covers a server that drips. Plain http is for
 * loopback only.
 *
 * Over node:https, since the first use of the global `fetch` costs a cold start 20 ms.
 *
 * @throws FetchFailed
 */
export async function fetchJson(address: string, limits: FetchLimits): Promise<unknown> {
  const signal = AbortSignal.timeout(limits.deadlineMs);
  try {
    const response = await get(new URL(address), signal);
    return parsed(await bodyOf(response, limits.maxBodyBytes));
  } catch (error) {
    if (error instanceof FetchFailed) throw error;
    throw new FetchFailed(signal.aborted ? 'deadline' : 'unreachable');
  }
}

/** No agent: keys are fetched minutes apart, and a socket kept over a freeze of the function is dead. */
function get(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const request = requestFor(url);
  return new Promise((resolve, reject) => {
    request(url, { agent: false, signal, headers: { accept: 'application/json' } }, resolve)
      .on('error', reject)
      .end();
  });
}

function requestFor(url: URL): typeof requestOverTls {
  if (url.protocol === 'https:') return requestOverTls;
  if (url.protocol !== 'http:' || !isLoopback(url)) throw new FetchFailed('insecure-url');
  // Imported as a module, node:http would load the global fetch as well.
  return process.getBuiltinModule('node:http').request;
}

async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    if (response.statusCode !== 200) throw new FetchFailed('status');
    for await (const chunk of response) {
      size += chunk.length;
      if (size > maxBytes) throw new FetchFailed('too-large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    response.destroy();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FetchFailed('not-json');
  }
}
