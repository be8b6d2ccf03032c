import type { Duplex } from 'node:stream';

/** Reads exact numbers of bytes from a stream, in order. */
export interface PacketReader {
  /** Rejects when the other side closes before, or is silent until the time is up. */
  read(bytes: number): Promise<Buffer>;
  /** Gives the stream up; what was read beyond the last packet is lost. */
  release(): void;
}

/** More than any answer of a login has. Bytes. */
const maxPacketBytes = 64 * 1024;

export function packetReader(stream: Duplex, timeoutMs: number): PacketReader {
  let kept = Buffer.alloc(0);
  let wake: () => void = () => undefined;
  let isOver = false;
  const onData = (chunk: Buffer): void => {
    kept = Buffer.concat([kept, chunk]);
    wake();
  };
  const onEnd = (): void => {
    isOver = true;
    wake();
  };
  const timer = setTimeout(onEnd, timeoutMs);
  stream.on('data', onData).on('close', onEnd).on('end', onEnd).on('error', onEnd);
  return {
    async read(bytes) {
      if (bytes > maxPacketBytes) throw new Error('packet too large');
      while (kept.length < bytes) {
        if (isOver) throw new Error('the other side went silent');
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const packet = kept.subarray(0, bytes);
      kept = kept.subarray(bytes);
      return packet;
    },
    release() {
      clearTimeout(timer);
      stream.pause().off('data', onData).off('close', onEnd).off('end', onEnd).off('error', onEnd);
    },
  };
}
