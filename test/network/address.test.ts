import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { notPublic } from '../../src/network/address.ts';

const kinds: [address: string, kind: string | undefined][] = [
  ['127.0.0.1', 'loopback'],
  ['::1', 'loopback'],
  ['10.1.2.3', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.1', undefined],
  ['192.168.1.1', 'private'],
  ['169.254.169.254', 'link-local'],
  ['fe80::1', 'link-local'],
  ['100.64.0.1', 'carrier-grade NAT (CGNAT)'],
  ['100.128.0.1', undefined],
  ['fd00::1', 'unique local (ULA)'],
  ['0.0.0.0', 'reserved'],
  ['255.255.255.255', 'reserved'],
  ['224.0.0.1', 'multicast'],
  ['192.0.2.1', 'documentation'],
  ['2001:db8::1', 'documentation'],
  ['172.65.251.78', undefined],
  ['2606:4700:90:0:f22e:fbec:5bed:a9b9', undefined],
];

test.each(kinds)('%s is %s', (address, kind) => {
  expect(notPublic(address)).toBe(kind);
});

test('an IPv4 address means the same inside an IPv6 one', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(notPublic(`::ffff:${address}`)).toBe(notPublic(address));
    }),
  );
});
