import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

/** Whole runs of the program on policies whose verdict was written down first. */
const scratchFolder = scratchFolders();

const MAIN = 'project_path:acme/web:ref_type:branch:ref:main';

function statement(host: string, condition: unknown, more: object = {}): object {
  return {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: condition,
    ...more,
  };
}

function policy(...Statement: object[]): object {
  return { Version: '2012-10-17', Statement };
}

async function program(command: string, document: unknown, ...args: string[]) {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'policy.json'), JSON.stringify(document));
  const result = await run([command, 'policy.json', ...args], cwd);
  return { ...result, cwd };
}

describe('explain', () => {
  test('denies a token whose iss is not the provider’s, whatever its subject', async () => {
    const own = policy(
      statement('gitlab.example.com', {
        StringLike: { 'gitlab.example.com:sub': 'project_path:acme/*' },
      }),
    );
    const claims = { iss: 'https://evil.example', sub: MAIN, aud: 'https://gitlab.example.com' };
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const cwd = scratchFolder();
    writeFileSync(join(cwd, 'policy.json'), JSON.stringify(own));
    writeFileSync(join(cwd, 'token'), [part({ alg: 'RS256' }), part(claims), 'x'].join('.'));
    const { stdout, exitCode } = await run(
      ['explain', 'policy.json', '--token-file', 'token'],
      cwd,
    );
    expect(stdout).toContain(
      'policy.json: denied\n  issuer\n    expected  gitlab.example.com\n    actual    evil.example',
    );
    expect(exitCode).toBe(1);
  });

  const open = { StringLike: { 'gitlab.com:sub': `${MAIN}*` } };
  test.each<[string, object]>([
    [
      'an unknown key',
      policy(
        statement('gitlab.com', {
          StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:environment': 'x' },
        }),
      ),
    ],
    [
      'a key written as a URL',
      policy(statement('gitlab.com', { StringEquals: { 'https://gitlab.com:sub': MAIN } })),
    ],
    [
      'a key of another host',
      policy(statement('gitlab.com', { StringEquals: { 'gitlab.example.com:sub': MAIN } })),
    ],
    ['another action', policy(statement('gitlab.com', open, { Action: 'sts:AssumeRole' }))],
    [
      'a Deny for everyone',
      policy(
        statement('gitlab.com', open),
        statement('gitlab.com', { StringLike: { 'gitlab.com:sub': '*' } }, { Effect: 'Deny' }),
      ),
    ],
  ])('shows nobody for %s', async (_what, document) => {
    const { stdout } = await program('explain', document);
    expect(stdout).toBe('policy.json: no job of a GitLab instance may assume it\n');
  });

  test('does not take a key of the request for absent', async () => {
    const limited = policy(
      statement('gitlab.com', {
        StringEquals: { 'gitlab.com:sub': MAIN },
        IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
      }),
    );
    const asked = await program('explain', limited, '--sub', MAIN);
    expect(asked.stdout).toContain('undetermined: it depends on aws:sourceip');
    expect(asked.exitCode).toBe(3);
    const inside = ['--sub', MAIN, '--claim', 'aws:SourceIp=203.0.113.7'];
    expect((await program('explain', limited, ...inside)).exitCode).toBe(0);
    const outside = ['--sub', MAIN, '--claim', 'aws:SourceIp=198.51.100.7'];
    expect((await program('explain', limited, ...outside)).exitCode).toBe(1);
  });

  test('names the form of the subject that a grant needs', async () => {
    const short = policy(
      statement('gitlab.com', {
        StringEquals: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch' },
      }),
    );
    const { stdout } = await program('explain', short);
    expect(stdout).toContain(
      'in GitLab, set ci_id_token_sub_claim_components of acme/web to project_path, ref_type\n',
    );
  });

  test('judges a provider of any name as the GitLab that it is said to be', async () => {
    const all = policy(statement('git.acme.io', { StringEquals: { 'git.acme.io:aud': 'x' } }));
    const { stdout } = await program('explain', all, '--issuer', 'https://git.acme.io');
    expect(stdout).toContain('every project');
  });

  test.each(['--project', '--branch', '--tag', '--project-id'])(
    'refuses %s beside --sub',
    async (flag) => {
      const { stderr, exitCode } = await program(
        'explain',
        policy(statement('gitlab.com', open)),
        '--sub',
        MAIN,
        flag,
        '20',
      );
      expect(stderr).toContain('cannot be combined with --sub');
      expect(exitCode).toBe(2);
    },
  );

  test('says nothing of the tokens of another issuer', async () => {
    const github = 'token.actions.githubusercontent.com';
    const document = policy(
      statement(github, {
        StringEquals: { [`${github}:repository_id`]: '1', [`${github}:sub`]: 'repo:acme/web' },
      }),
    );
    const { stdout, exitCode } = await program('explain', document, '--sub', 'repo:acme/web');
    expect(stdout).toContain(`policy.json: skipped: not a GitLab trust (${github})`);
    expect(exitCode).toBe(1);
  });

  test('gives JSON whose ok is that of the exit code', async () => {
    const document = policy(statement('gitlab.com', { StringEquals: { 'gitlab.com:sub': MAIN } }));
    const table = await program('explain', document, '--json');
    expect(JSON.parse(table.stdout)).toMatchObject({
      ok: true,
      roles: [
        {
          role: 'policy.json',
          grants: [{ text: 'acme/web: branch main', witness: { claims: { sub: MAIN } } }],
        },
      ],
    });
    const denied = await program('explain', document, '--json', '--sub', `${MAIN}2`);
    expect(denied.exitCode).toBe(1);
    expect(JSON.parse(denied.stdout)).toMatchObject({ ok: false, roles: [{ decision: 'denied' }] });
  });
});
