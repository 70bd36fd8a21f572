import { plainComparison } from './comparison.ts';

/** A range: the bits that count, of 32 or of 128. */
export interface AddressRange {
  readonly bits: bigint;
  readonly width: 32 | 128;
  readonly prefix: number;
}

const OCTET = /^(0|[1-9]\d{0,2})$/;
const HEXTET = /^[0-9a-f]{1,4}$/i;

/** Reads `203.0.113.0/24` or `2001:db8::/32`; without a prefix it is the one address. */
export function readRange(text: string): AddressRange | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const width = address.includes(':') ? 128 : 32;
  const bits = width === 128 ? readVersion6(address) : readVersion4(address);
  const prefix = length === undefined ? width : Number(length);
  const sound = length === undefined || (/^\d{1,3}$/.test(length) && prefix <= width);
  if (bits === undefined || rest.length > 0 || !sound) return undefined;
  return { bits, width, prefix };
}

function readVersion4(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((one) => OCTET.test(one) && Number(one) < 256)) {
    return undefined;
  }
  return octets.reduce((sum, one) => (sum << 8n) | BigInt(one), 0n);
}

function readVersion6(text: string): bigint | undefined {
  const [head = '', tail, ...rest] = text.split('::');
  const before = hextets(head);
  const after = tail === undefined ? [] : hextets(tail);
  if (before === undefined || after === undefined || rest.length > 0) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...Array<bigint>(missing).fill(0n), ...after];
  return all.reduce((sum, one) => (sum << 16n) | one, 0n);
}

/** Sixteen bits each; the last 32 may be written as IPv4. */
function hextets(text: string): bigint[] | undefined {
  if (text === '') return [];
  const pieces = text.split(':');
  const last = pieces.at(-1) ?? '';
  const embedded = last.includes('.') ? readVersion4(last) : undefined;
  if (embedded !== undefined) pieces.pop();
  if (!pieces.every((one) => HEXTET.test(one))) return undefined;
  const values = pieces.map((one) => BigInt(`0x${one}`));
  return embedded === undefined ? values : [...values, embedded >> 16n, embedded & 0xffffn];
}

/** The request's range lies inside the policy's. */
function inside(actual: AddressRange, range: AddressRange): boolean {
  if (actual.width !== range.width || actual.prefix < range.prefix) return false;
  const shift = BigInt(range.width - range.prefix);
  return actual.bits >> shift === range.bits >> shift;
}

export const ipAddress = plainComparison(readRange, inside);
export const notIpAddress = plainComparison(readRange, inside, true);
