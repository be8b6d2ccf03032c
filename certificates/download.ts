import { Refusal } from './refusal.ts';

/** Fetches one text; see `createDownload` for what it refuses. */
export type Download = (url: URL) => Promise<string>;

/** The largest bundle, `global`, has about 170 KB; a region's has about 5. */
const maxBodyBytes = 256 * 1024;

const timeoutMs = 15_000;

/**
 * Downloads over HTTPS, from exactly the address asked for.
 *
 * The download throws Refusal `not-published` for 403 and 404 (an S3 origin says 403 for what is not
 * there), `too-large`, and `download-failed` for everything else that is not a 200.
 */
export function createDownload(options: {
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>;
}): Download {
  return async (url) => {
    if (url.protocol !== 'https:') throw new Refusal('download-failed', `not HTTPS: ${url}`);
    const response = await requested(options.fetch, url);
    if (response.status === 403 || response.status === 404) {
      throw new Refusal('not-published', `${response.status} from ${url}`);
    }
    if (response.status !== 200) {
      throw new Refusal('download-failed', `${response.status} from ${url}`);
    }
    return await bodyOf(response, url);
  };
}

/** A redirect is an error: whoever can bend one would choose what every client trusts. */
async function requested(
  fetch: (url: URL, init: RequestInit) => Promise<Response>,
  url: URL,
): Promise<Response> {
  try {
    return await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw failed(url, error);
  }
}

/** Counts what arrives: a length that the server announces is only a claim. */
async function bodyOf(response: Response, url: URL): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > maxBodyBytes) throw new Refusal('too-large', `over ${maxBodyBytes} bytes: ${url}`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Refusal ? error : failed(url, error);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `fetch` says only "fetch failed"; what happened is in its cause. */
function failed(url: URL, error: unknown): Refusal {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? cause.message : 'unknown error';
  return new Refusal('download-failed', `${url}: ${why}`);
}
