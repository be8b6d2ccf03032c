import { createHash, createHmac } from 'node:crypto';

/** What the signer hands over; text stands for its UTF-8. */
type Data = string | ArrayBuffer | ArrayBufferView;

/** SHA-256, and HMAC where there is a secret, in the shape that `@smithy/signature-v4` asks for. */
export class Sha256 {
  readonly #secret: Uint8Array | undefined;
  #state;

  constructor(secret?: Data) {
    this.#secret = secret === undefined ? undefined : bytesOf(secret);
    this.#state = this.#begin();
  }

  update(data: Data): void {
    this.#state.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#state.digest();
  }

  reset(): void {
    this.#state = this.#begin();
  }

  #begin() {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
  }
}

function bytesOf(data: Data): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
