import { createHash, type X509Certificate } from 'node:crypto';
import { isSelfSigned, type Chain } from '../../network/chain.ts';

/** What AWS wants to know of a host whose certificate is signed by no CA that AWS trusts. */
export interface Thumbprint {
  /** 40 hex digits, lower case. */
  readonly sha1: string;
  /** The subject of the certificate it is of. */
  readonly subject: string;
  /**
   * The root's, where the server sends its root in addition to an intermediate CA: AWS's definition names the intermediate,
   * AWS's command line the last certificate sent. A provider can list up to five, so it can list both.
   */
  readonly root?: string;
}

/**
 * The SHA-1 of the top intermediate CA: the highest certificate sent that another CA signed. Where the server's own
 * certificate is signed by the root itself, it is the root's if that is sent, and else the server's own: the last
 * certificate that there is to see.
 *
 * @param chain of the host that serves the JWKS
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html
 */
export function thumbprintOf({ path }: Chain): Thumbprint | undefined {
  const top = path.at(-1);
  if (!top) return undefined;
  const below = path.at(-2);
  if (path.length > 2 && below && isSelfSigned(top)) {
    return { ...printOf(below), root: printOf(top).sha1 };
  }
  return printOf(top);
}

function printOf({ raw, subject }: X509Certificate): Thumbprint {
  return { sha1: createHash('sha1').update(raw).digest('hex'), subject: nameOf(subject) };
}

/** `CN=x` where the certificate has such a name, else the whole subject on one line. */
function nameOf(subject: string): string {
  const lines = subject.split('\n');
  return lines.find((line) => line.startsWith('CN=')) ?? lines.join(', ');
}
