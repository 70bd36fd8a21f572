import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { notPublic } from '../../network/address.ts';
import { PATIENCE } from './get-document.ts';

/** Why AWS is not expected to reach a host. */
export interface Obstacle {
  readonly host: string;
  /** Continues a sentence that begins with the host. */
  readonly what: string;
}

/**
 * What prevents AWS, which connects from the internet, from reaching an address.
 *
 * @param patience milliseconds to resolve its name
 */
export async function obstaclesTo(
  address: string,
  patience = PATIENCE,
): Promise<{ obstacles: Obstacle[]; addressesKnown: boolean }> {
  if (!URL.canParse(address)) return { obstacles: [], addressesKnown: false };
  const { protocol, port, hostname } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses = await addressesOf(host, patience);
  const inside = addresses.flatMap((one) => {
    const kind = notPublic(one);
    return kind === undefined ? [] : [`${one}, a ${kind} address`];
  });
  const whats = [
    ...(protocol === 'https:' ? [] : ['is not served over https']),
    ...(port === ''
      ? []
      : [`is at port ${port}, but the URL of an OIDC provider cannot have a port`]),
    // A name can have addresses of both kinds. One public address is enough.
    ...(inside.length === addresses.length ? inside.slice(0, 1).map((one) => `is at ${one}`) : []),
  ];
  return { obstacles: whats.map((what) => ({ host, what })), addressesKnown: addresses.length > 0 };
}

async function addressesOf(host: string, patience: number): Promise<string[]> {
  if (isIP(host)) return [host];
  const found = lookup(host, { all: true }).then((all) => all.map(({ address }) => address));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string[]>((resolve) => {
    timer = setTimeout(resolve, patience, []);
  });
  try {
    return await Promise.race([found, late]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}
