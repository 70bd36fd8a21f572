import type { lookup as lookUp } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { notPublic } from './address.ts';

/** A host that is not contacted, because none of its addresses is public. */
export class NotPublicError extends Error {
  override readonly name = 'NotPublicError';

  constructor(
    readonly address: string,
    readonly kind: string,
  ) {
    super(`it is at ${address}, a ${kind} address`);
  }
}

/**
 * Throws where no address of a host is public. A name that cannot be resolved passes: a proxy may know it, and without
 * one the connection fails anyway.
 *
 * @throws {NotPublicError}
 */
export async function refuseNotPublic(host: string, signal: AbortSignal): Promise<void> {
  if (isIP(host)) {
    refuseAll([host]);
    return;
  }
  const found = await lookup(host, { all: true }).catch(() => []);
  signal.throwIfAborted();
  refuseAll(found.map(({ address }) => address));
}

function refuseAll(addresses: readonly string[]): void {
  const [address] = addresses;
  const kinds = addresses.map((one) => notPublic(one));
  const [kind] = kinds;
  if (address !== undefined && kind !== undefined && kinds.every((one) => one !== undefined)) {
    throw new NotPublicError(address, kind);
  }
}

/**
 * Resolves names for `net.connect`, which connects to one of these addresses only. A name that changes its addresses
 * after {@link refuseNotPublic} leads nowhere else.
 *
 * @param resolve `lookup` of `node:dns`
 */
export function publicOnly(resolve: typeof lookUp): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, []);
        return;
      }
      const allowed = found.filter(({ address }) => notPublic(address) === undefined);
      const [first] = allowed;
      const [refused] = found;
      if (!first) {
        const address = refused?.address ?? '::';
        callback(new NotPublicError(address, notPublic(address) ?? ''), []);
      } else if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
