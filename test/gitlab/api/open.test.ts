import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Gitlab } from '../../../src/gitlab/api/gitlab.ts';
import { openGitlab } from '../../../src/gitlab/api/open.ts';
import { certificate, openssl, type Certificate } from '../../support/stand-ins/certificates.ts';
import { GitlabServer, TOKEN } from '../../support/stand-ins/gitlab-server/gitlab-server.ts';
import { largeInstance, manyBranches } from '../../support/stand-ins/gitlab-server/holdings.ts';
import { Tunnel } from '../../support/stand-ins/gitlab-server/tunnel.ts';
import { describeWith } from '../../support/tools/required-tools.ts';

const SHOP = {
  id: 20,
  path: 'mygroup/shop',
  formerPaths: ['mygroup/old-shop'],
  namespaceId: 7,
  branches: manyBranches(2000),
  tags: ['v1.0.0', 'v1.1.0', 'nightly'],
  protectedBranches: [{ name: 'main' }, { name: 'release/*', push: 'Developers + Maintainers' }],
  protectedTags: [{ name: 'v*' }],
} as const;

describeWith([openssl], 'GitLab, asked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gitlab-api-'));
  let made: Certificate;
  let server: GitlabServer;
  let gitlab: Gitlab;

  beforeAll(async () => {
    made = certificate(folder, ['localhost', 'gitlab.example.com']);
    server = await GitlabServer.start({
      holdings: largeInstance([SHOP, { id: 30, path: 'theirs/tool', foreign: true }]),
      certificate: made,
      subPath: '/gitlab',
    });
    gitlab = await openGitlab({ url: server.url, token: TOKEN, ca: [made.ca], environment: {} });
  });

  beforeEach(() => {
    server.questions.length = 0;
  });

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  test('says its version and edition, and whose the token is, below a sub-path', async () => {
    expect(await gitlab.instance()).toEqual({ version: '18.5.1-ee', enterprise: true });
    expect(await gitlab.user()).toBe('john_smith');
  });

  test('searches its projects itself, by groups too, and gives one page of 5,000', async () => {
    expect(await gitlab.searchProjects('shop')).toEqual([
      { id: 20, path: 'mygroup/shop', visibility: 'private' },
    ]);
    expect(await gitlab.searchProjects('')).toHaveLength(20);
    expect(server.questions).toEqual([
      'GET /gitlab/api/v4/projects?search=shop&search_namespaces=true&membership=true&simple=true&order_by=last_activity_at&sort=desc&per_page=20',
      'GET /gitlab/api/v4/projects?membership=true&simple=true&order_by=last_activity_at&sort=desc&per_page=20',
    ]);
  });

  test('finds projects of others where no own one has the name', async () => {
    expect(await gitlab.searchProjects('tool')).toEqual([
      { id: 30, path: 'theirs/tool', visibility: 'private' },
    ]);
    expect(server.questions.map((question) => /membership=\w+/.exec(question)?.[0])).toEqual([
      'membership=true',
      'membership=false',
    ]);
  });

  test('searches its groups', async () => {
    expect(await gitlab.searchGroups('group-07')).toEqual([
      { id: 107, path: 'group-07', visibility: 'private' },
    ]);
  });

  test.each([20, 'mygroup/shop', 'mygroup/old-shop'])(
    'finds the project that %s is now',
    async (idOrPath) => {
      expect(await gitlab.project(idOrPath)).toEqual({
        id: 20,
        path: 'mygroup/shop',
        visibility: 'private',
        namespaceId: 7,
        defaultBranch: 'main',
        archived: false,
        subComponents: ['project_path', 'ref_type', 'ref'],
        forkPipelines: true,
      });
    },
  );

  test('has no project where it hides one', async () => {
    expect(await gitlab.project('mygroup/secret')).toBeUndefined();
  });

  test('gives all 2,000 branches, page after page by keyset', async () => {
    expect((await gitlab.refs(20, 'branch', '')).map(({ name }) => name)).toEqual(
      [...SHOP.branches].sort(),
    );
    expect(server.questions).toHaveLength(20);
    expect(server.questions[1]).toBe(
      'GET /gitlab/api/v4/projects/20/repository/branches?pagination=keyset&per_page=100&page_token=feature%2F0101',
    );
  });

  test('narrows refs by how their names begin', async () => {
    const releases = await gitlab.refs(20, 'branch', 'release/');
    expect(releases).toHaveLength(20);
    expect(releases[0]).toEqual({ name: 'release/1.0', protected: true });
    expect(await gitlab.refs(20, 'tag', '')).toEqual([
      { name: 'nightly', protected: false },
      { name: 'v1.0.0', protected: true },
      { name: 'v1.1.0', protected: true },
    ]);
    expect(server.questions[0]).toContain('search=%5Erelease%2F');
  });

  test('says what is protected, by wildcard too, and who may push', async () => {
    expect(await gitlab.protections(20, 'branch')).toEqual([
      { name: 'main', allowed: ['Maintainers'] },
      { name: 'release/*', allowed: ['Developers + Maintainers'] },
    ]);
    expect(await gitlab.protections(20, 'tag')).toEqual([{ name: 'v*', allowed: ['Maintainers'] }]);
  });

  test('is asked through the proxy of HTTPS_PROXY', async () => {
    const tunnel = await Tunnel.to(() => server.port);
    const url = 'https://gitlab.example.com/gitlab';
    const environment = { HTTPS_PROXY: tunnel.url };
    const far = await openGitlab({ url, token: TOKEN, ca: [made.ca], environment });
    expect(await far.user()).toBe('john_smith');
    expect(tunnel.asked).toEqual(['gitlab.example.com:443']);
    expect(tunnel.heard).not.toContain(TOKEN);
    await tunnel.stop();
  });

  test('of before 15.2 has no /metadata, and says its version at /version', async () => {
    const old = await GitlabServer.start({
      holdings: largeInstance([], '15.1.6'),
      certificate: made,
    });
    const asked = await openGitlab({ url: old.url, token: TOKEN, ca: [made.ca], environment: {} });
    expect(await asked.instance()).toEqual({ version: '15.1.6', enterprise: undefined });
    await old.stop();
  });

  test('is only ever read', async () => {
    await gitlab.searchProjects('');
    await gitlab.protections(20, 'tag');
    expect(server.questions.every((question) => question.startsWith('GET '))).toBe(true);
  });
});
