import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { GitlabFault } from '../../../src/gitlab/api/fault.ts';
import { openGitlab, type GitlabConnection } from '../../../src/gitlab/api/open.ts';
import { certificate, openssl, type Certificate } from '../../support/stand-ins/certificates.ts';
import { GitlabServer, TOKEN } from '../../support/stand-ins/gitlab-server/gitlab-server.ts';
import { largeInstance } from '../../support/stand-ins/gitlab-server/holdings.ts';
import { describeWith } from '../../support/tools/required-tools.ts';

const holdings = largeInstance([{ id: 20, path: 'mygroup/shop' }]);

describeWith([openssl], 'a GitLab that cannot be asked says why, and what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gitlab-faults-'));
  let made: Certificate;
  let server: GitlabServer;
  let host = '';

  beforeAll(async () => {
    made = certificate(folder, ['localhost']);
    server = await GitlabServer.start({ holdings, certificate: made });
    host = `localhost:${server.port}`;
  });

  afterEach(() => {
    server.fault = () => false;
    server.questions.length = 0;
  });

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const access = (change: Partial<GitlabConnection> = {}): GitlabConnection => ({
    url: server.url,
    token: TOKEN,
    ca: [made.ca],
    environment: {},
    // Far above what an answer takes on a busy machine; the test of a slow server has a bound of its own.
    bounds: { answerTime: 20_000, pause: 1 },
    ...change,
  });

  /** The one line a person reads. */
  async function messageOf(
    change?: Partial<GitlabConnection>,
    signal?: AbortSignal,
  ): Promise<string> {
    const gitlab = await openGitlab(access(change));
    try {
      await gitlab.project(20, signal);
    } catch (error) {
      expect(error).toBeInstanceOf(GitlabFault);
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(TOKEN);
      expect(error).not.toHaveProperty('cause');
      const message = error instanceof Error ? error.message : '';
      expect(message).not.toContain('\n');
      return message.replaceAll(host, 'HOST');
    }
    throw new Error('GitLab answered.');
  }

  const answer =
    (status: number, body = '{"message":"no"}', headers: Record<string, string> = {}) =>
    () => {
      server.fault = (_, response) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
        return true;
      };
    };

  describe('by its answer', () => {
    test('401', async () => {
      expect(await messageOf({ token: 'glpat-another' })).toBe(
        'HOST rejected the token (401): it is wrong, expired or revoked. Create one with the scope read_api at https://HOST/-/user_settings/personal_access_tokens',
      );
    });

    test('403', async () => {
      answer(403)();
      expect(await messageOf()).toBe(
        'the token has no permission for this request to HOST (403). Use one with the scope read_api that belongs to a member of the project: https://HOST/-/user_settings/personal_access_tokens',
      );
    });

    test('404, where there is no API', async () => {
      const gitlab = await openGitlab(access({ url: `${server.url}/elsewhere` }));
      await expect(gitlab.user()).rejects.toThrow(
        `${host} found nothing that the token can see (404). Check the URL (with its sub-path, if GitLab has one) and the owner of the token`,
      );
    });

    test('429 that asks for more patience than there is', async () => {
      answer(429, 'Retry later', { 'retry-after': '600' })();
      expect(await messageOf()).toBe(
        'HOST received too many requests (429). Try again in 600 seconds',
      );
      expect(server.questions).toHaveLength(1);
    });

    test('a lasting 429', async () => {
      answer(429, 'Retry later')();
      expect(await messageOf()).toBe(
        'HOST received too many requests (429), 3 times. Try again in a minute',
      );
      expect(server.questions).toHaveLength(3);
    });

    test.each([500, 502, 503])('%i', async (status) => {
      answer(status, '<h1>oh</h1>')();
      expect(await messageOf()).toBe(
        `HOST failed (${status}), 3 times. Try again later, or ask its administrator`,
      );
      expect(server.questions).toHaveLength(3);
    });

    test('a web page in place of JSON', async () => {
      answer(200, '<!DOCTYPE html><title>Sign in</title>', { 'content-type': 'text/html' })();
      expect(await messageOf()).toBe(
        'HOST answered with a web page instead of JSON. Check the URL (with its sub-path, if GitLab has one). A sign-in page in front of GitLab must not cover /api/v4',
      );
    });

    test('JSON of another kind', async () => {
      answer(200, '{"id":"twenty"}')();
      expect(await messageOf()).toBe(
        "the answer does not come from GitLab's API: id differs from its documentation. Check the URL of your GitLab",
      );
    });
  });

  describe('by where it sends one', () => {
    test('to another host, where the token does not follow', async () => {
      const trusted = certificate(folder, ['127.0.0.1']);
      const other = await GitlabServer.start({ holdings, certificate: trusted });
      const location = `https://127.0.0.1:${other.port}/api/v4/projects/20`;
      answer(302, '', { location })();
      expect(await messageOf({ ca: [made.ca, trusted.ca] })).toBe(
        `HOST redirected the request to 127.0.0.1:${other.port}, but the token is not sent there. Use that URL if it is your GitLab. A sign-in page in front of GitLab must not cover /api/v4`,
      );
      expect(other.questions).toEqual([]);
      await other.stop();
    });

    test('round in circles', async () => {
      answer(302, '', { location: '/api/v4/projects/20' })();
      expect(await messageOf()).toBe(
        'HOST redirected the request too often. Check the URL of your GitLab',
      );
    });
  });

  describe('by the connection', () => {
    test('reset', async () => {
      server.fault = (request) => {
        request.socket.destroy();
        return true;
      };
      expect(await messageOf()).toBe(
        'HOST closed the connection, 3 times. Try again later, or ask the administrator of GitLab or the proxy',
      );
    });

    test('slow', async () => {
      server.fault = () => true;
      expect(await messageOf({ bounds: { answerTime: 300, pause: 1 } })).toBe(
        'HOST did not answer within 0.3 seconds, 3 times. Try again later, or check the network and HTTPS_PROXY',
      );
    });

    test('nobody there', async () => {
      const probe = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => probe.once('listening', resolve));
      const { port } = probe.address() as AddressInfo;
      await new Promise((resolve) => probe.close(resolve));
      expect(await messageOf({ url: `https://127.0.0.1:${port}` })).toBe(
        `127.0.0.1:${port} refused the connection. Check the URL and HTTPS_PROXY`,
      );
    });

    test('no such host', async () => {
      expect(await messageOf({ url: 'https://gitlab.invalid' })).toMatch(
        /^(the host name gitlab\.invalid cannot be resolved|the DNS lookup of gitlab\.invalid failed)\. /,
      );
    });

    test('no TLS at all', async () => {
      const plain = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      plain.listen(0, '127.0.0.1');
      await new Promise((resolve) => plain.once('listening', resolve));
      const { port } = plain.address() as AddressInfo;
      expect(await messageOf({ url: `https://localhost:${port}` })).toMatch(
        /^the TLS handshake with localhost:\d+ failed \(\w+\)\. Check that it serves https with a valid certificate$/,
      );
      plain.close();
    });

    test('a proxy that wants to know who one is', async () => {
      const proxy = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () =>
          socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'),
        );
      });
      proxy.listen(0, '127.0.0.1');
      await new Promise((resolve) => proxy.once('listening', resolve));
      const { port } = proxy.address() as AddressInfo;
      const environment = { HTTPS_PROXY: `http://me:secret@127.0.0.1:${port}` };
      const message = await messageOf({ environment });
      expect(message).toBe(
        'the proxy requires a sign-in (407). Set the user name and password in HTTPS_PROXY',
      );
      proxy.close();
    });
  });

  describe('by its certificate', () => {
    const certificates: [why: string, names: string[], days: number, trusted: boolean, RegExp][] = [
      ['expired', ['localhost'], -1, true, /^the certificate of HOST has expired\. Renew it/],
      ['for another name', ['other.example.com'], 2, true, /^the certificate of HOST is for another host\. Check the URL$/],
      ['of an unknown CA', ['localhost'], 2, false, /^HOST sends a certificate without its chain to a CA that this machine trusts\. Pass the certificate of its CA with --ca-file or NODE_EXTRA_CA_CERTS$/],
    ]; // prettier-ignore
    test.each(certificates)('%s', async (_, names, days, trusted, message) => {
      const other = certificate(folder, names, days);
      const tls = await GitlabServer.start({ holdings, certificate: other });
      const change = { url: tls.url, ca: trusted ? [other.ca] : undefined };
      expect((await messageOf(change)).replaceAll(`localhost:${tls.port}`, 'HOST')).toMatch(
        message,
      );
      await tls.stop();
    });
  });

  test('a fault that passes is not reported: 500, then 429 with Retry-After, then the answer', async () => {
    let asked = 0;
    server.fault = (_, response) => {
      asked++;
      if (asked === 1) response.writeHead(500).end();
      if (asked === 2) response.writeHead(429, { 'retry-after': '1' }).end('Retry later');
      return asked < 3;
    };
    const gitlab = await openGitlab(access({ bounds: { answerTime: 20_000, pause: 1 } }));
    const start = Date.now();
    expect(await gitlab.project(20)).toMatchObject({ path: 'mygroup/shop' });
    expect(Date.now() - start).toBeGreaterThanOrEqual(990);
  });

  test('who does not want to wait need not', async () => {
    server.fault = () => true;
    const stop = new AbortController();
    const gitlab = await openGitlab(access({ bounds: { answerTime: 60_000, pause: 1 } }));
    const asked = gitlab.project(20, stop.signal);
    stop.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});
