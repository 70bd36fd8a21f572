import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { signed, type Chain } from '../../network/chain.ts';

/**
 * Who signed a chain: a CA of Mozilla's list, which Node includes and which is close to AWS's own; a CA that only this
 * machine is configured to trust; or an unknown one.
 */
export type Signer = 'public' | 'private' | 'unknown';

let publicCas: readonly X509Certificate[] | undefined;

/** @param privateCas PEM texts of the CAs that this machine trusts in addition */
export function signerOf({ path }: Chain, privateCas: readonly string[]): Signer {
  publicCas ??= rootCertificates.map((pem) => new X509Certificate(pem));
  if (isSignedByOne(publicCas, path)) return 'public';
  const others = privateCas.flatMap(pemsIn).map((pem) => new X509Certificate(pem));
  return isSignedByOne(others, path) ? 'private' : 'unknown';
}

function isSignedByOne(cas: readonly X509Certificate[], path: Chain['path']): boolean {
  return cas.some((ca) =>
    path.some((one) => ca.fingerprint256 === one.fingerprint256 || signed(one, ca)),
  );
}

/** A file of CAs may hold several, with remarks in between. */
function pemsIn(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}
