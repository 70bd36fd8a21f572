import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectIssuer } from '../../../src/gitlab/issuer/inspect.ts';
import { hasUnprintable } from '../../../src/text/unprintable.ts';
import { certificate, openssl, type Certificate } from '../../support/stand-ins/certificates.ts';
import {
  always,
  http,
  TRANSPORT_MODES,
  type Mode,
} from '../../support/stand-ins/hostile-answers.ts';
import { RawTlsServer } from '../../support/stand-ins/raw-tls-server.ts';
import { run } from '../../support/tools/program.ts';
import { describeWith } from '../../support/tools/required-tools.ts';

const json = (document: unknown) => http(JSON.stringify(document));
const evil = '\u001b]0;owned\u0007\u009b2J\u202e';

const DISCOVERY: readonly Mode[] = [
  always('has an issuer with escape sequences', json({ issuer: evil, jwks_uri: 'https://a.example' })), // prettier-ignore
  always('has keys at an address with escape sequences', json({ issuer: 'a', jwks_uri: evil })),
  always('has keys at an endless address', json({ issuer: 'a', jwks_uri: `https://${'a'.repeat(9000)}` })), // prettier-ignore
  always('has keys in a file', json({ issuer: 'a', jwks_uri: 'file:///etc/passwd' })),
  always('has keys by plain HTTP', json({ issuer: 'a', jwks_uri: 'http://169.254.169.254/' })),
  always('has an issuer that is an object', json({ issuer: {}, jwks_uri: [] })),
  always('has a prototype for a document', http('{"__proto__":{"issuer":"a","jwks_uri":"b"}}')),
];

const KEYS: readonly Mode[] = [
  always('has keys that are no list', json({ keys: {} })),
  always('has keys that are no objects', json({ keys: [1, null, 'a', [evil]] })),
  always('has 10,000 keys', json({ keys: Array.from({ length: 10_000 }, (_, kid) => ({ kid })) })),
];

const PATIENCE = 800;

describeWith([openssl], 'a hostile issuer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-issuer-'));
  let made: Certificate;
  let server: RawTlsServer;
  let url = '';
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);

  beforeAll(async () => {
    made = certificate(folder, ['localhost', '127.0.0.1']);
    server = await RawTlsServer.start(made);
    url = `https://localhost:${server.port}`;
    process.on('uncaughtException', note);
  });

  afterEach(() => {
    server.hangUp();
    server.heads.length = 0;
  });

  afterAll(async () => {
    process.off('uncaughtException', note);
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const around = () => ({ env: {}, privateCas: [made.ca], patience: PATIENCE });

  async function inspected(): Promise<(string | undefined)[]> {
    const started = Date.now();
    const report = await inspectIssuer(url, around());
    expect(Date.now() - started).toBeLessThan(3000);
    const failures = [report.discovery.failure, report.jwks?.failure];
    for (const failure of failures) {
      if (failure === undefined) continue;
      expect(failure).toMatch(/^.{5,600}$/);
      expect(hasUnprintable(failure)).toBe(false);
    }
    expect(hasUnprintable(`${report.issuer ?? ''}${report.jwksUri ?? ''}`)).toBe(false);
    expect(uncaught).toEqual([]);
    return failures;
  }

  test.each([...TRANSPORT_MODES, ...DISCOVERY])(
    'whose discovery document %s is reported in one readable line, in time',
    async (_, mode) => {
      server.answer = mode(server);
      const [discovery, keys] = await inspected();
      expect(discovery ?? keys).toBeDefined();
    },
  );

  test.each([...TRANSPORT_MODES, ...KEYS])(
    'whose key set %s is reported in one readable line, in time',
    async (_, mode) => {
      const keys = mode(server);
      server.answer = (socket, head) => {
        if (head.startsWith('GET /keys')) keys(socket, head);
        else socket.end(json({ issuer: url, jwks_uri: `${url}/keys` }));
      };
      const [discovery] = await inspected();
      expect(discovery).toBeUndefined();
    },
  );

  test('keys at a private address of another host are not requested', async () => {
    const jwksUri = `https://127.0.0.1:${server.port}/keys`;
    server.answer = (socket) => socket.end(json({ issuer: url, jwks_uri: jwksUri, keys: [] }));
    const { jwks } = await inspectIssuer(url, around());
    expect(jwks).toEqual({
      url: jwksUri,
      failure: 'not requested: it is at 127.0.0.1, a loopback address',
      failureKind: 'private-address',
    });
    expect(server.heads).toHaveLength(1);
  });

  test('unless private addresses are allowed', async () => {
    const jwksUri = `https://127.0.0.1:${server.port}/keys`;
    server.answer = (socket) => socket.end(json({ issuer: url, jwks_uri: jwksUri, keys: [] }));
    const { jwks, keys } = await inspectIssuer(url, { ...around(), allowPrivate: true });
    expect(jwks?.failure).toBeUndefined();
    expect(keys).toEqual([]);
  });

  describe('through `doctor`', () => {
    const asked = ['doctor', '--project', 'mygroup/myproject', '--branch', 'main'];
    const answered = async (...flags: string[]) => {
      const jwksUri = `https://127.0.0.1:${server.port}/keys`;
      server.answer = (socket) => socket.end(json({ issuer: url, jwks_uri: jwksUri, keys: [] }));
      const flagsOfAll = [...asked, '--issuer', url, '--ca-file', made.caFile, '--json', ...flags];
      const { stdout } = await run(flagsOfAll, folder, undefined, { HTTPS_PROXY: '' });
      return stdout;
    };

    test('keys at a private address are not requested', async () => {
      expect(await answered()).toContain(`was not requested: without --allow-private`);
      expect(server.heads.map((head) => head.split(' ')[1])).toEqual([
        '/.well-known/openid-configuration',
      ]);
    });

    test('unless --allow-private is given', async () => {
      expect(await answered('--allow-private')).not.toContain('was not requested');
      expect(server.heads.map((head) => head.split(' ')[1])).toEqual([
        '/.well-known/openid-configuration',
        '/keys',
      ]);
    });
  });

  test('more certificates than any chain has are refused before they are put in order', async () => {
    const many = await RawTlsServer.start({ ...made, cert: made.cert + made.ca.repeat(20) });
    many.answer = (socket) => socket.end(json({}));
    const started = Date.now();
    const patient = { ...around(), patience: 2000 };
    const { discovery } = await inspectIssuer(`https://localhost:${many.port}`, patient);
    await many.stop();
    expect(discovery.failure).toBe('it sends more than 20 certificates');
    expect(many.heads).toEqual([]);
    expect(Date.now() - started).toBeLessThan(2000);
  });
});
