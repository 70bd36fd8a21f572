import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type Server } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { afterEach, expect, test } from '@jest/globals';
import { inspectIssuer } from '../../../src/gitlab/issuer/inspect.ts';
import { Certificates, openssl } from '../../support/stand-ins/certificates.ts';
import { portOf } from '../../support/tools/port-of.ts';
import { describeWith } from '../../support/tools/required-tools.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratch = scratchFolders();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen<S extends Server>(server: S): Promise<S> {
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

const NOTHING_AROUND = { env: {}, privateCas: [] };

/** Serves a discovery document and keys by HTTPS, with these certificates in this order. */
async function issuer(
  certificates: Certificates,
  sent: readonly string[],
  options: TlsOptions = {},
  jwksUri?: string,
): Promise<string> {
  let url = '';
  const answer: RequestListener = (request, response) => {
    const keys = { keys: [{ kid: 'a', kty: 'RSA' }] };
    const discovery = { issuer: url, jwks_uri: jwksUri ?? `${url}/keys` };
    response.end(JSON.stringify(request.url === '/keys' ? keys : discovery));
  };
  const cert = sent.map((name) => certificates.pem(name)).join('');
  const server = createTlsServer({ key: certificates.key, cert, ...options }, answer);
  url = `https://localhost:${portOf(await listen(server))}`;
  return url;
}

describeWith([openssl], 'an issuer with TLS', () => {
  const chains: [sent: string, thumbprintOf: string, also: string | undefined][] = [
    ['leaf', 'leaf', undefined],
    ['leaf root', 'root', undefined],
    ['leaf ca1', 'ca1', undefined],
    ['leaf ca1 root', 'ca1', 'root'],
    ['leaf root ca1', 'ca1', 'root'],
    ['leaf ca1 ca2', 'ca2', undefined],
    ['leaf ca2 ca1', 'ca2', undefined],
    ['leaf ca1 ca2 root', 'ca2', 'root'],
    ['leaf root ca2 ca1', 'ca2', 'root'],
    ['leaf ca2 root ca1', 'ca2', 'root'],
    ['leaf ca1 ca1 ca2', 'ca2', undefined],
  ];

  test.each(chains)('that sends %s has the thumbprint of %s', async (order, top, also) => {
    const sent = order.split(' ');
    const intermediates = new Set(sent.filter((name) => name.startsWith('ca'))).size;
    const certificates = new Certificates(scratch(), ['localhost'], intermediates);
    const { thumbprint, jwks } = await inspectIssuer(await issuer(certificates, sent), {
      env: {},
      privateCas: [certificates.pem('root')],
    });
    expect(thumbprint?.sha1).toBe(certificates.sha1(top));
    expect(thumbprint?.root).toBe(also && certificates.sha1(also));
    const inOrder = [...sent].sort((a, b) => RANK.indexOf(a) - RANK.indexOf(b));
    expect(jwks?.tls).toMatchObject({
      asSent: true,
      inOrder: inOrder.join(' ') === order,
      signer: 'private',
      duplicates: sent.filter((name, i) => sent.indexOf(name) !== i).map(() => expect.anything()),
    });
  });

  const RANK = ['leaf', 'ca1', 'ca2', 'root'];

  test('its keys, its own iss and the place of its keys are in the report', async () => {
    const url = await issuer(new Certificates(scratch(), ['localhost'], 1), ['leaf', 'ca1']);
    expect(await inspectIssuer(`${url}/`, NOTHING_AROUND)).toMatchObject({
      issuer: url,
      jwksUri: `${url}/keys`,
      keys: [{ kid: 'a' }],
    });
  });

  test('the thumbprint is of the host that serves the keys', async () => {
    const ofKeys = new Certificates(scratch(), ['localhost'], 1);
    const ofDiscovery = new Certificates(scratch(), ['localhost'], 1);
    const keys = await issuer(ofKeys, ['leaf', 'ca1']);
    const url = await issuer(ofDiscovery, ['leaf', 'ca1'], {}, `${keys}/keys`);
    const { thumbprint } = await inspectIssuer(url, NOTHING_AROUND);
    expect(thumbprint?.sha1).toBe(ofKeys.sha1('ca1'));
  });

  test('an unknown CA is reported, and why it is not trusted', async () => {
    const url = await issuer(new Certificates(scratch(), ['localhost'], 1), ['leaf']);
    const { discovery } = await inspectIssuer(url, NOTHING_AROUND);
    expect(discovery.tls).toMatchObject({
      signer: 'unknown',
      distrust: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
  });

  test('a certificate for another host is reported', async () => {
    const certificates = new Certificates(scratch(), ['elsewhere.example'], 0);
    const url = await issuer(certificates, ['leaf']);
    const around = { env: {}, privateCas: [certificates.pem('root')] };
    const { discovery } = await inspectIssuer(url, around);
    expect(discovery.tls).toMatchObject({ distrust: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  test('that speaks only TLS 1.3 hides the order, and the report says so', async () => {
    const certificates = new Certificates(scratch(), ['localhost'], 2);
    const url = await issuer(certificates, ['leaf', 'ca2', 'ca1'], { minVersion: 'TLSv1.3' });
    const { thumbprint, jwks } = await inspectIssuer(url, NOTHING_AROUND);
    expect(jwks?.tls).toMatchObject({ asSent: false });
    expect(thumbprint?.sha1).toBe(certificates.sha1('ca2'));
  });

  test('behind a proxy is asked through the proxy', async () => {
    const certificates = new Certificates(scratch(), ['gitlab.example.com'], 1);
    const behind = createTlsServer(
      { key: certificates.key, cert: certificates.pem('leaf') },
      (_, response) =>
        response.end('{"issuer":"https://gitlab.example.com","jwks_uri":"http://x"}'),
    );
    const port = portOf(await listen(behind));
    const asked: string[] = [];
    const proxy = await listen(createServer());
    proxy.on('connect', ({ url: target }, socket) => {
      asked.push(target ?? '');
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      behind.emit('connection', socket);
    });
    const { issuer: iss } = await inspectIssuer('https://gitlab.example.com', {
      env: { HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}` },
      privateCas: [],
    });
    expect(port).toBeGreaterThan(0);
    expect(asked).toEqual(['gitlab.example.com:443']);
    expect(iss).toBe('https://gitlab.example.com');
  });

  const answers: [what: string, RequestListener, failure: string][] = [
    ['nothing at that path', (_, r) => r.writeHead(404).end(), 'it answers 404 Not Found'],
    [
      'a redirect',
      (_, r) => r.writeHead(302, { location: 'https://sso.example' }).end(),
      'it answers 302 Found, a redirect to https://sso.example',
    ],
    ['a page', (_, r) => r.end('<html>'), 'it answers with something other than JSON'],
    ['no end', (_, r) => r.end('x'.repeat(2_000_000)), 'it answers more than 1 MB'],
    ['no keys', (_, r) => r.end('{"issuer":"x"}'), 'the document has no jwks_uri'],
  ];

  test.each(answers)('that answers with %s is not taken for one', async (_, listener, failure) => {
    const certificates = new Certificates(scratch(), ['localhost'], 0);
    const tls = { key: certificates.key, cert: certificates.pem('leaf') };
    const server = await listen(createTlsServer(tls, listener));
    const url = `https://localhost:${portOf(server)}`;
    expect((await inspectIssuer(url, NOTHING_AROUND)).discovery.failure).toBe(failure);
  });
});

test('a server that accepts and never answers is left after 5 seconds', async () => {
  const server = await listen(createTcpServer((socket) => socket.on('error', () => undefined)));
  const before = Date.now();
  const { discovery } = await inspectIssuer(`https://127.0.0.1:${portOf(server)}`, NOTHING_AROUND);
  expect(discovery.failure).toBe('no answer within 5 seconds');
  expect(Date.now() - before).toBeLessThan(7000);
});

const unreachable: [url: string, obstacle: string][] = [
  ['https://127.0.0.1:1', 'is at port 1, but the URL of an OIDC provider cannot have a port'],
  ['https://127.0.0.1', 'is at 127.0.0.1, a loopback address'],
  ['https://localhost', 'is at'],
  ['http://127.0.0.1', 'is not served over https'],
  ['https://[::1]', 'is at ::1, a loopback address'],
];

test.each(unreachable)('AWS cannot be expected to reach %s', async (url, obstacle) => {
  const { obstacles } = await inspectIssuer(url, NOTHING_AROUND);
  expect(obstacles.map(({ what }) => what).join('; ')).toContain(obstacle);
});
