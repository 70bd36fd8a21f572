import type { JWK } from 'jose';
import { shown } from '../../text/flaw.ts';
import { hasUnprintable, visible } from '../../text/unprintable.ts';
import { getDocument, type Answer, type Surroundings } from './get-document.ts';
import { obstaclesTo, type Obstacle } from './obstacle.ts';
import { thumbprintOf, type Thumbprint } from './thumbprint.ts';

/** What can be seen of an issuer from here, and what AWS can be expected to see. */
export interface IssuerReport {
  /** The address that was asked about. */
  readonly url: string;
  readonly discovery: Answer;
  /** The `iss` of its tokens, as the discovery document has it; on a GitLab with another public issuer not its own address. */
  readonly issuer?: string;
  readonly jwksUri?: string;
  readonly jwks?: Answer;
  readonly keys?: readonly JWK[];
  /** What keeps AWS from reaching it; none: nothing that can be seen from here. */
  readonly obstacles: readonly Obstacle[];
  /** Whether the addresses of every host could be found out; behind a proxy they often cannot. */
  readonly addressesKnown: boolean;
  /** Of the JWKS host's chain. AWS needs it only where no CA that it trusts signed the certificate. */
  readonly thumbprint?: Thumbprint;
}

/**
 * Looks at an issuer as AWS would: discovery document, keys, TLS and addresses. Whatever fails is in the report; each
 * document is waited for 5 seconds. A host other than the issuer's own, which only its document names, is asked at public
 * addresses alone, unless private ones are allowed.
 *
 * @param url the issuer's address, such as `https://gitlab.example.com`
 */
export async function inspectIssuer(
  url: string,
  surroundings: Surroundings,
): Promise<IssuerReport> {
  const address = `${url.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const [discovery, reach] = await Promise.all([
    httpsOnly(address, surroundings, 'any'),
    obstaclesTo(address, surroundings.patience),
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
    httpsOnly(jwksUri, surroundings, addressesFor(jwksUri, address, surroundings)),
    obstaclesTo(jwksUri, surroundings.patience),
  ]);
  const keys = keysIn(jwks.document);
  const thumbprint = jwks.tls && thumbprintOf(jwks.tls);
  return {
    ...seen,
    issuer,
    jwksUri,
    jwks: keys || jwks.failure !== undefined ? jwks : { ...jwks, failure: 'it is no key set' },
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

/** Characters; AWS takes 255 for an issuer. */
const LONGEST_ADDRESS = 2048;

/** The issuer's own host is the one that was asked about; any other is a stranger's choice. */
function addressesFor(
  jwksUri: string,
  address: string,
  { allowPrivate }: Surroundings,
): 'any' | 'public' {
  const own = URL.canParse(jwksUri) && new URL(jwksUri).hostname === new URL(address).hostname;
  return own || allowPrivate ? 'any' : 'public';
}

async function httpsOnly(
  address: string,
  surroundings: Surroundings,
  addresses: 'any' | 'public',
): Promise<Answer> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'https:') return getDocument(url, surroundings, addresses);
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
