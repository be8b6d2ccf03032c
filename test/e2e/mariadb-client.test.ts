import type { Attempt } from './real-servers/attempt.ts';
import { questionOf, runClient } from './real-servers/client-process.ts';
import { proveClient, useWorld } from './real-servers/prove-client.ts';

const world = useWorld();
const ask = ({ target }: Attempt) => ['-NBre', questionOf(target)] as const;

proveClient(
  'mariadb',
  world,
  {
    'my-cnf': {
      open: async (attempt) =>
        runClient(attempt, {
          // Must come first; as a later argument it is an unknown variable.
          command: ['mariadb', `--defaults-file=${await attempt.file('my-cnf')}`, ...ask(attempt)],
        }),
      named: 'no',
    },
    'env and flags': {
      open: async (attempt) =>
        runClient(attempt, {
          command: ['sh', '-c', withFlags(attempt.plain), ...ask(attempt)],
          sourced: await attempt.file('env'),
        }),
      named: 'no',
    },
  },
  {
    tokenRefused: /ERROR 1045 \(28000\): Access denied for user 'ledger_/,
    strangeCa: /ERROR 2026 \(HY000\): TLS\/SSL error: .*certificate/,
    notEncrypted: /ERROR 1045 \(28000\): Access denied for user 'ledger_/,
    sendsInClear: true,
  },
);

/** docs/formats.md, `env`: the mode of TLS has to be on the command line. */
function withFlags(plain: boolean): string {
  const tls = plain ? '--skip-ssl' : '--ssl-verify-server-cert --ssl-ca="$DB_SSL_CA"';
  return `exec mariadb ${tls} --user="$DB_USER" "$0" "$@" "$DB_NAME"`;
}
