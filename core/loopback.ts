/**
 * Whether a URL's host is this machine, so that plain http to it tells nobody anything: 127.0.0.0/8 (RFC 1122
 * section 3.2.1.3), `::1`, and `localhost`. By address or name, without asking DNS, which could point elsewhere.
 */
export function isLoopback({ hostname }: Pick<URL, 'hostname'>): boolean {
  return /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/.test(hostname);
}
