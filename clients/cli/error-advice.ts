import type { FormatErrorCode } from '../../core/connection/format-error.ts';
import type { Hint } from '../../core/reasons.ts';
import type { WriteErrorReason } from '../agent/write-error.ts';
import type { ClientErrorReason } from '../api-client/client-error.ts';

const whereIdentityIs = '`tokenvend doctor` with the name of a database says where it is from.';
const awsWorks = 'Does aws sts get-caller-identity work here, with the same profile?';
const moreTime = '--timeout-ms gives it more.';
const whichProxy =
  'tokenvend doctor <target> says which proxy that is; hosts in no_proxy are asked without it.';
const wayToApi =
  'Is --api-url right, and does the network let you there? An API with a private CA needs --api-ca.';

/** What to do about a `ClientError`, where its own sentence leaves that open: in flags and verbs. */
export const clientAdvice: Readonly<Partial<Record<ClientErrorReason, string>>> = {
  'identity-missing':
    'Sign in with tokenvend login, or give --identity-token-file, or --auth iam on AWS.',
  'identity-malformed': whereIdentityIs,
  'identity-late': `${moreTime} ${whereIdentityIs}`,
  'identity-command-late': 'It has nine tenths of --timeout-ms, and 10 s at most.',
  'github-token-late': 'It has 5 s at most. Try again.',
  'credentials-missing': awsWorks,
  'credentials-unreadable': awsWorks,
  'credentials-late': `${moreTime} ${awsWorks}`,
  'proxy-invalid': 'Set it as in http://proxy.example.com:3128, or not at all.',
  'proxy-unauthenticated':
    'Put them into https_proxy as in http://user:password@proxy.example.com:3128, with % escapes.',
  'proxy-unreachable': whichProxy,
  'proxy-refused': `It forbids the host, or cannot reach it. ${whichProxy}`,
  'region-unknown': 'Give --api-region.',
  denied: 'See `tokenvend databases` and `tokenvend whoami`.',
  unreachable: wayToApi,
  timeout: wayToApi,
};

/** A 403 without a problem document: API Gateway's own where the stage is missing, or a firewall's. */
export const refusedByAnother =
  'The request was refused, and not by tokenvend: is --api-url complete, with its stage (/api), and does ' +
  'the network let you there?';

/** What a caller can do about its own standing. */
export const hintSentences = {
  'no-team': 'The identity is good, but belongs to no team of the registry.',
  'choose-team': 'Several of your teams have this grant: say which with --team.',
  'choose-user': 'You have several users of this database: ask for database/user.',
  'grant-not-in-force': 'There is a grant, but not now, not from here, or it is suspended.',
} as const satisfies Record<Hint, string>;

/** Why a path was not written to. */
export const writeSentences = {
  'folder-unwritable': 'the folder cannot be made or written to',
  'file-unwritable': 'the file cannot be written',
  'not-a-folder': 'something else than a folder has this name, such as a link: remove it',
  'folder-of-another': 'the folder belongs to another user, who could change what is in it',
  'folder-open-to-others': 'others may write to the folder, and its mode cannot be changed',
} as const satisfies Record<WriteErrorReason, string>;

/** Why a connection has no such form (docs/formats.md). */
export const formatSentences = {
  ENGINE_UNSUPPORTED: 'This format does not exist for databases of this engine.',
  PATH_MISSING: 'This format names a file: give --ca-file, and for pg-service --pass-file.',
  PATH_NOT_ABSOLUTE: 'This format names a file, and its path has to be a full one.',
  ADDRESS_INVALID: '--via takes an IP address and a port.',
  TUNNEL_UNSUPPORTED:
    'The programs of MySQL and the JDBC drivers verify the name that they dial. Forward the same port, ' +
    'give the endpoint’s name the tunnel’s address in the hosts file, and leave --via out.',
  VALUE_NOT_EXPRESSIBLE: 'This format has no way to write a character of the connection’s.',
  LINE_TOO_LONG: 'A line would be longer than readers of this format take.',
} as const satisfies Record<FormatErrorCode, string>;
