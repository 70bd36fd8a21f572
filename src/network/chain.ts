import type { X509Certificate } from 'node:crypto';

/** The certificates of a server, in order. */
export interface Chain {
  /** From the server's own certificate upwards, each signed by the next. */
  readonly path: readonly X509Certificate[];
  /** Sent more than once; each is listed once. */
  readonly duplicates: readonly X509Certificate[];
  /** Sent, but not part of the path from the server's own certificate. */
  readonly strangers: readonly X509Certificate[];
  /** Whether the path was sent in its order, as TLS 1.2 requires. */
  readonly inOrder: boolean;
}

/**
 * Puts certificates in order.
 *
 * @param sent the server's own certificate, then the others in any order
 */
export function chainOf(sent: readonly X509Certificate[]): Chain {
  const distinct = sent.filter((one, i) => sent.findIndex((other) => same(one, other)) === i);
  const path = pathFrom(distinct);
  const onPath = distinct.filter((one) => path.includes(one));
  return {
    path,
    duplicates: distinct.filter((one) => sent.filter((other) => same(one, other)).length > 1),
    strangers: distinct.filter((one) => !path.includes(one)),
    inOrder: onPath.every((one, i) => one === path[i]),
  };
}

function pathFrom(certificates: readonly X509Certificate[]): X509Certificate[] {
  const path = certificates.slice(0, 1);
  for (let last = path[0]; last && !isSelfSigned(last);) {
    const child = last;
    const above = certificates.filter((one) => !path.includes(one) && signed(child, one));
    // A CA that another CA signed leads further than its own self-signed form.
    last = above.find((one) => !isSelfSigned(one)) ?? above[0];
    if (last) path.push(last);
  }
  return path;
}

export function isSelfSigned(certificate: X509Certificate): boolean {
  return signed(certificate, certificate);
}

/** Whether `issuer` signed `certificate`: by its names and by the signature itself. */
export function signed(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function same(one: X509Certificate, other: X509Certificate): boolean {
  return one.fingerprint256 === other.fingerprint256;
}
