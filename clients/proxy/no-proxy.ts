import { isLoopback } from '../../core/loopback.ts';

/** Loaded for a proxy alone: importing it takes longer than the rest of the library. */
const net = () => process.getBuiltinModule('node:net');

/** Whether a host is connected to without the proxy: by its name or address, with brackets or without. */
export type Exemption = (host: string, port: number) => boolean;

/**
 * Reads a list as curl reads `no_proxy` (lib/noproxy.c): commas or blanks between the entries, `*` alone
 * for every host, a domain for all names in it, with or without its leading dot, and an address or a
 * network (`10.0.0.0/8`). As in Go and Node, an entry may also end in a port, and a domain begin with `*.`.
 * Loopback is exempt whatever the list says: to a proxy it would be the proxy's own machine.
 */
export function exemptions(list: string): Exemption {
  const entries = list.split(/[\s,]+/).filter((entry) => entry !== '');
  const isEverything = entries.length === 1 && entries[0] === '*';
  const rules = entries.map(ruleOf);
  return (host, port) => {
    const name = host
      .toLowerCase()
      .replace(/^\[(.*)\]$/, '$1')
      .replace(/\.$/, '');
    return isEverything || isLoopbackHost(name) || rules.some((matches) => matches(name, port));
  };
}

const isLoopbackHost = (name: string): boolean =>
  isLoopback({ hostname: net().isIPv6(name) ? `[${name}]` : name });

function ruleOf(entry: string): Exemption {
  const { place, port } = parts(entry);
  const [address = '', bits] = place.split('/');
  const matches = net().isIP(address) === 0 ? within(place) : inNetwork(address, bits);
  return (name, of) => (port === undefined || Number(port) === of) && matches(name);
}

/** An IPv6 address ends in what looks like a port, unless it stands in brackets. */
function parts(entry: string): { readonly place: string; readonly port?: string | undefined } {
  if (net().isIPv6(entry.replace(/\/\d+$/, ''))) return { place: entry };
  const [, place = '', port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
  return { place, port };
}

function within(text: string): (name: string) => boolean {
  const domain = text
    .toLowerCase()
    .replace(/^\*?\./, '')
    .replace(/\.$/, '');
  return (name) => name === domain || (net().isIP(name) === 0 && name.endsWith(`.${domain}`));
}

function inNetwork(address: string, bits: string | undefined): (name: string) => boolean {
  const most = net().isIPv4(address) ? 32 : 128;
  const length = Number(bits ?? most);
  // A prefix that is no number, or too long, is no reason to let anything past the proxy.
  if (!(length >= 0 && length <= most)) return () => false;
  const network = new (net().BlockList)();
  network.addSubnet(address, length, familyOf(address));
  return (name) => net().isIP(name) !== 0 && network.check(name, familyOf(name));
}

const familyOf = (address: string) => (net().isIPv4(address) ? 'ipv4' : 'ipv6');
