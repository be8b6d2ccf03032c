import type { TLSSocket } from 'node:tls';
import { systemCodeOf } from '../../agent/write-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Dialled } from './dial.ts';
import { type Finding, failed, ok } from './finding.ts';
import type { LoginProtocol, SecureOptions } from './login.ts';

/** Whether the server proves to be the endpoint: its chain, and the name in its certificate. */
export async function checkTls(
  { open }: LoginProtocol,
  dialled: Dialled,
  options: SecureOptions,
): Promise<Finding> {
  try {
    const socket = await open(dialled, options);
    const saw = certificateText(socket);
    socket.destroy();
    return ok('tls', saw);
  } catch (error) {
    const code = systemCodeOf(error) ?? 'no TLS';
    const saw = `${options.serverName}: ${code}`;
    return failed('tls', saw, advice.get(code) ?? noTls, exitCodes.usage);
  }
}

function certificateText(socket: TLSSocket): string {
  const { subject, issuer, valid_to } = socket.getPeerCertificate();
  const names = `${nameOf(subject?.CN)}, issued by ${nameOf(issuer?.CN)}, until ${valid_to}`;
  return `${socket.getProtocol() ?? 'TLS'}, ${names}`;
}

const nameOf = (name: string | readonly string[] | undefined): string =>
  [name ?? 'no name'].flat().join(' ');

const noTls = 'The server does not speak TLS: is it the database at all, and is TLS on?';
const wrongChain =
  'The certificate is from another authority. Is it the registry’s endpoint, and for RDS Proxy is caBundle amazon-roots?';
const dated =
  'The server’s certificate is not valid now. Rotate it, and check this machine’s clock.';

/** Node's codes for a certificate that does not verify (node:tls, "X509 certificate error codes"). */
const advice: ReadonlyMap<string, string> = new Map([
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'It is another server: the registry’s host, the DNS record or the tunnel leads elsewhere.',
  ],
  ['SELF_SIGNED_CERT_IN_CHAIN', wrongChain],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', wrongChain],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', wrongChain],
  ['UNABLE_TO_GET_ISSUER_CERT', wrongChain],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', wrongChain],
  ['CERT_HAS_EXPIRED', dated],
  ['CERT_NOT_YET_VALID', dated],
]);
