import { BlockList, isIP } from 'node:net';

/** Whether `ip` lies in one of the CIDR blocks. An unknown or unreadable address lies in none. */
export function isInNetworks(ip: string | undefined, cidrs: readonly string[]): boolean {
  if (ip === undefined) return false;
  const networks = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', bits = ''] = cidr.split('/');
    networks.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  // `check` says no to what is no address.
  return networks.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
}

/** Whether `text` is a CIDR block written out in full: an address, a slash, and a prefix length. */
export function isCidr(text: string): boolean {
  const [, address = '', bits] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits) <= (family === 6 ? 128 : 32);
}
