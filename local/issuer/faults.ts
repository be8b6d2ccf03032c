import type { IncomingMessage, ServerResponse } from 'node:http';

/** How an issuer can misbehave towards whoever reads its documents. */
export type Fault =
  /** Answers correctly, after a while. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Takes the request and says nothing. */
  | { readonly kind: 'hang' }
  /** Sends the head and one byte, then nothing: defeats a timeout that only waits for the head. */
  | { readonly kind: 'stall' }
  | { readonly kind: 'server-error' }
  /** 302. Towards an address inside a network, the classic way to make a server read what it should not. */
  | { readonly kind: 'redirect'; readonly location: string }
  /** White space without end before the document, and no Content-Length: must be cut, not buffered. */
  | { readonly kind: 'huge-body'; readonly bytes: number }
  /** 200 and a body that is no JSON. */
  | { readonly kind: 'garbage' };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Puts a fault in front of the right answer. */
export function withFault(fault: Fault | undefined, answer: Answer): Answer {
  switch (fault?.kind) {
    case undefined:
      return answer;
    case 'slow':
      return (request, response) => {
        const timer = setTimeout(() => answer(request, response), fault.delayMs);
        response.once('close', () => clearTimeout(timer));
      };
    case 'hang':
      return () => {};
    case 'stall':
      return (_request, response) => {
        response.writeHead(200, json).write('{');
      };
    case 'server-error':
      return (_request, response) => {
        response.writeHead(500).end();
      };
    case 'redirect':
      return (_request, response) => {
        response.writeHead(302, { location: fault.location }).end();
      };
    case 'huge-body':
      return (_request, response) => {
        response.writeHead(200, json);
        pour(response, fault.bytes);
      };
    case 'garbage':
      return (_request, response) => {
        response.writeHead(200, json).end('<html>not a document</html>');
      };
  }
}

const json = { 'content-type': 'application/json' };
const chunk = Buffer.alloc(64 * 1024, ' ');

/** Waits for the reader between chunks, and stops when it hangs up. */
function pour(response: ServerResponse, bytes: number): void {
  if (response.destroyed) return;
  if (bytes <= 0) response.end('{}');
  else if (response.write(chunk)) setImmediate(() => pour(response, bytes - chunk.length));
  else response.once('drain', () => pour(response, bytes - chunk.length));
}
