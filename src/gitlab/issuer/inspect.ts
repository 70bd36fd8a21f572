import type { JWK } from 'jose';
import { shown } from '../../text/flaw.ts';
import { hasUnprintable, visible } from '../../text/unprintable.ts';
import { getDocument, type DocumentAnswer, type IssuerConnection } from './get-document.ts';
import { obstaclesTo, type Obstacle } from './obstacle.ts';
import { thumbprintOf, type Thumbprint } from './thumbprint.ts';

/** What this machine sees of an issuer, and what AWS can be expected to see. */
export interface IssuerReport {
  /** The address in question. */
  readonly url: string;
  readonly discovery: DocumentAnswer;
  /** The `iss` of its tokens, from the discovery document. A GitLab with a public issuer elsewhere names that one. */
  readonly issuer?: string;
  readonly jwksUri?: string;
  readonly jwks?: DocumentAnswer;
  readonly keys?: readonly JWK[];
  /** What prevents AWS from reaching it, as far as this machine can see. */
  readonly obstacles: readonly Obstacle[];
  /** Whether every host could be resolved. Behind a proxy this is often impossible. */
  readonly addressesKnown: boolean;
  /** Of the JWKS host's chain. AWS needs it only where no CA that it trusts signed the certificate. */
  readonly thumbprint?: Thumbprint;
}

/**
 * Inspects an issuer as AWS would: discovery document, keys, TLS and addresses. Failures are part of the report. Each
 * document may take 5 seconds. A host other than the issuer's own, which only its document names, is contacted at public
 * addresses only, unless private ones are allowed.
 *
 * @param url the issuer's address, such as `https://gitlab.example.com`
 */
export async function inspectIssuer(
  url: string,
  connection: IssuerConnection,
): Promise<IssuerReport> {
  const address = `${url.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const [discovery, reach] = await Promise.all([
    httpsOnly(address, connection, 'any'),
    obstaclesTo(address, connection.patience),
  ]);
  const seen = { url, discovery, ...reach };
  if (discovery.document === undefined) return seen;
  const issuer = textAt(discovery.document, 'issuer');
  const jwksUri = textAt(discovery.document, 'jwks_uri');
  if (issuer === undefined || jwksUri === undefined) {
    const missing = issuer === undefined ? 'issuer' : 'jwks_uri';
    return { ...seen, discovery: { ...discovery, failure: `the document has no ${missing}` } };
  }
  const odd = [issuer, jwksUri].find(
    (text) => hasUnprintable(text) || text.length > LONGEST_ADDRESS,
  );
  if (odd !== undefined) {
    return {
      ...seen,
      discovery: { ...discovery, failure: `${visible(shown(odd))} is not a web address` },
    };
  }
  const [jwks, jwksReach] = await Promise.all([
    httpsOnly(jwksUri, connection, addressesFor(jwksUri, address, connection)),
    obstaclesTo(jwksUri, connection.patience),
  ]);
  const keys = keysIn(jwks.document);
  const thumbprint = jwks.tls && thumbprintOf(jwks.tls);
  return {
    ...seen,
    issuer,
    jwksUri,
    jwks: keys || jwks.failure !== undefined ? jwks : { ...jwks, failure: 'it is not a key set' },
    ...(keys ? { keys } : {}),
    obstacles: [
      ...reach.obstacles,
      ...jwksReach.obstacles.filter(
        ({ host, what }) => !reach.obstacles.some((one) => one.host === host && one.what === what),
      ),
    ],
    addressesKnown: reach.addressesKnown && jwksReach.addressesKnown,
    ...(thumbprint ? { thumbprint } : {}),
  };
}

/** Characters; AWS allows 255 for an issuer. */
const LONGEST_ADDRESS = 2048;

/** The user chose the issuer's own host. Any other host is the choice of a document from outside. */
function addressesFor(
  jwksUri: string,
  address: string,
  { allowPrivate }: IssuerConnection,
): 'any' | 'public' {
  const own = URL.canParse(jwksUri) && new URL(jwksUri).hostname === new URL(address).hostname;
  return own || allowPrivate ? 'any' : 'public';
}

async function httpsOnly(
  address: string,
  connection: IssuerConnection,
  addresses: 'any' | 'public',
): Promise<DocumentAnswer> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'https:') return getDocument(url, connection, addresses);
  return { url: address, failure: `${visible(shown(address))} is not an https address` };
}

function textAt(document: unknown, member: string): string | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(document, member)?.value;
  return typeof value === 'string' ? value : undefined;
}

function keysIn(document: unknown): JWK[] | undefined {
  if (typeof document !== 'object' || document === null || !('keys' in document)) return undefined;
  return Array.isArray(document.keys)
    ? document.keys.filter((key): key is JWK => typeof key === 'object' && key !== null)
    : undefined;
}
