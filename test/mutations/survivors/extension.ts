import type { Explained } from '../judge.ts';

/** What survives in the extension's server. */
export const extensionSurvivors: readonly Explained[] = [
  {
    why: 'For the compiler: Node fills method and url of what a server receives, every POSIX has geteuid, and a server that listens has an address, which is text for a pipe alone.',
    mutants: [
      ['layers/extension/local-server.ts', "''", '"Stryker was here!"'],
      ['layers/extension/own-folder.ts', 'process.geteuid?.()', 'process.geteuid()'],
      ['layers/extension/held-port.ts', "typeof address === 'object' && address !== null", 'true'],
      [
        'layers/extension/held-port.ts',
        "typeof address === 'object' && address !== null",
        "typeof address === 'object' || address !== null",
      ],
      ['layers/extension/held-port.ts', "typeof address === 'object'", 'true'],
      ['layers/extension/held-port.ts', 'address !== null', 'true'],
      ['layers/extension/token-query.ts', 'team !== undefined', 'true'],
    ],
  },
  {
    why: 'The peer has gone, and nobody is left to see whether its socket is destroyed or written to.',
    mutants: [
      ['layers/extension/local-server.ts', '{ socket.destroy(); return; }', '{}'],
      ['layers/extension/local-server.ts', 'socket.destroy();', ';'],
      [
        'layers/extension/local-server.ts',
        "error.code === 'ECONNRESET' || !socket.writable",
        'false',
      ],
      [
        'layers/extension/local-server.ts',
        "error.code === 'ECONNRESET' || !socket.writable",
        "error.code === 'ECONNRESET' && !socket.writable",
      ],
      ['layers/extension/local-server.ts', "error.code === 'ECONNRESET'", 'false'],
      ['layers/extension/local-server.ts', "'ECONNRESET'", '""'],
    ],
  },
  {
    why: 'Says when, and not whether. A test would have to measure time, which a busy machine has its own ideas of.',
    mutants: [
      [
        'layers/extension/local-server.ts',
        'limits.requestTimeoutMs / 2',
        'limits.requestTimeoutMs * 2',
      ],
      ['layers/extension/held-port.ts', 'true', 'false'],
      ['layers/extension/held-port.ts', "typeof BoundSocket === 'function'", 'true'],
      ['layers/extension/held-port.ts', "typeof BoundSocket === 'function'", 'false'],
      [
        'layers/extension/held-port.ts',
        "typeof BoundSocket === 'function'",
        "typeof BoundSocket !== 'function'",
      ],
      ['layers/extension/held-port.ts', "'function'", '""'],
    ],
  },
  {
    why: 'A listener that stays rejects a promise that is settled.',
    mutants: [['layers/extension/held-port.ts', "'error'", '""']],
  },
  {
    why: 'Two ways to the same refusal: the query is wrong, or there is no such path. The reason is not sent.',
    mutants: [
      ['layers/extension/local-api.ts', "'query-invalid'", '""'],
      ['layers/extension/local-api.ts', 'at < 0', 'at <= 0'],
    ],
  },
  {
    why: 'A second lock: the name is random, and a folder that others may write to is refused once it is made.',
    mutants: [
      ['layers/extension/own-folder.ts', "'wx'", '""'],
      ['layers/extension/own-folder.ts', '{ mode: 0o755 }', '{}'],
    ],
  },
];
