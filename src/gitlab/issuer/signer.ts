import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { signed, type Chain } from './chain.ts';

/**
 * Who stands behind a chain: a CA of Mozilla's list, which Node carries and which is close to AWS's own; a CA that only
 * this machine was told of; or nobody that is known here.
 */
export type Signer = 'public' | 'private' | 'unknown';

/** @param privateCas PEM texts of the CAs that this machine trusts besides */
export function signerOf({ path }: Chain, privateCas: readonly string[]): Signer {
  if (standsBehind(rootCertificates, path)) return 'public';
  return standsBehind(privateCas.flatMap(pemsIn), path) ? 'private' : 'unknown';
}

function standsBehind(cas: readonly string[], path: Chain['path']): boolean {
  return cas.some((pem) => {
    const ca = new X509Certificate(pem);
    return path.some((one) => ca.fingerprint256 === one.fingerprint256 || signed(one, ca));
  });
}

/** A file of CAs may hold several, with remarks in between. */
function pemsIn(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}
