import { BlockList, isIPv6 } from 'node:net';

/** Ranges that cannot be reached from the internet. https://www.iana.org/assignments/iana-ipv4-special-registry */
const RANGES: readonly [what: string, ...nets: [net: string, prefix: number][]][] = [
  ['loopback', ['127.0.0.0', 8], ['::1', 128]],
  ['private', ['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16]],
  ['link-local', ['169.254.0.0', 16], ['fe80::', 10]],
  ['carrier-grade NAT (CGNAT)', ['100.64.0.0', 10]],
  ['unique local (ULA)', ['fc00::', 7]],
  [
    'documentation',
    ['192.0.2.0', 24],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['2001:db8::', 32],
  ],
  ['multicast', ['224.0.0.0', 4], ['ff00::', 8]],
  [
    'reserved',
    ['0.0.0.0', 8],
    ['192.0.0.0', 24],
    ['198.18.0.0', 15],
    ['240.0.0.0', 4],
    ['::', 128],
  ],
];

const LISTS = RANGES.map(([what, ...nets]) => {
  const list = new BlockList();
  for (const [net, prefix] of nets) list.addSubnet(net, prefix, family(net));
  return { what, list };
});

/** The kind of an address that is not public; `undefined` for a public one. An IPv4 address inside IPv6 counts as itself. */
export function notPublic(address: string): string | undefined {
  return LISTS.find(({ list }) => list.check(address, family(address)))?.what;
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
