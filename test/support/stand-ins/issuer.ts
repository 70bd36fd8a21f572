import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import {
  calculateJwkThumbprint,
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  SignJWT,
} from 'jose';
import type { Claims } from '../builders/id-token-claims.ts';
import { portOf } from '../tools/port-of.ts';

const HOUR = 60 * 60;

export interface TokenOptions {
  /** `sts.amazonaws.com`, unless the job asks for another; `null` for a token without `aud`. */
  readonly audience?: string | null;
  /** Seconds from now; below zero the token has expired. */
  readonly lifetime?: number;
  /** The published key, another under the published key's id, or one that nobody has heard of. */
  readonly key?: 'published' | 'forged' | 'unpublished';
}

/** A GitLab instance, as far as it issues ID tokens: discovery, the keys, and the tokens of jobs. */
export class Issuer {
  /** The `iss` of its tokens. */
  readonly url: string;
  /** Where it is on this machine. */
  readonly address: string;
  readonly #server: Server;
  readonly #keys: Record<'published' | 'stranger', CryptoKey>;
  readonly #keyId: string;

  private constructor(
    url: string | undefined,
    address: string,
    server: Server,
    keys: Record<'published' | 'stranger', CryptoKey>,
    keyId: string,
  ) {
    this.url = url ?? address;
    this.address = address;
    this.#server = server;
    this.#keys = keys;
    this.#keyId = keyId;
  }

  /**
   * @param url the issuer it stands in for; without one it is itself
   * @param tls the certificate and key to serve HTTPS with
   */
  static async start(url?: string, tls?: ServerOptions): Promise<Issuer> {
    const [own, stranger] = await Promise.all([
      generateKeyPair('RS256', { extractable: true }),
      generateKeyPair('RS256'),
    ]);
    const jwk = await exportJWK(own.publicKey);
    const keyId = await calculateJwkThumbprint(jwk);
    const documents = new Map<string, unknown>();
    const answer = (request: IncomingMessage, response: ServerResponse) => {
      const document = documents.get(request.url ?? '');
      response.writeHead(document === undefined ? 404 : 200, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(document ?? { error: 'not_found' }));
    };
    const server = tls ? createTlsServer(tls, answer) : createServer(answer);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = `${tls ? 'https' : 'http'}://127.0.0.1:${portOf(server)}`;
    documents.set('/.well-known/openid-configuration', discovery(url ?? address));
    documents.set('/oauth/discovery/keys', keySet({ ...jwk, kid: keyId }));
    const keys = { published: own.privateKey, stranger: stranger.privateKey };
    return new Issuer(url, address, server, keys, keyId);
  }

  /** The ID token of a job. The claims may hold any of the standard ones too, which then win. */
  async token(claims: Claims, options: TokenOptions = {}): Promise<string> {
    const { audience = 'sts.amazonaws.com', lifetime = HOUR, key = 'published' } = options;
    const now = Math.floor(Date.now() / 1000);
    const issued = lifetime < 0 ? now + lifetime - HOUR : now;
    const payload = {
      iss: this.url,
      ...(audience === null ? {} : { aud: audience }),
      iat: issued,
      nbf: issued - 5,
      exp: now + lifetime,
      jti: `${issued}-${claims['job_id'] ?? ''}`,
      ...claims,
    };
    return new SignJWT(payload)
      .setProtectedHeader({
        alg: 'RS256',
        typ: 'JWT',
        kid: key === 'unpublished' ? 'a-key-of-nobody' : this.#keyId,
      })
      .sign(this.#keys[key === 'published' ? 'published' : 'stranger']);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function discovery(url: string): unknown {
  return {
    issuer: url,
    authorization_endpoint: `${url}/oauth/authorize`,
    token_endpoint: `${url}/oauth/token`,
    jwks_uri: `${url}/oauth/discovery/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['iss', 'sub', 'aud', 'exp', 'iat'],
  };
}

function keySet(key: JWK): unknown {
  return { keys: [{ ...key, use: 'sig', alg: 'RS256' }] };
}
