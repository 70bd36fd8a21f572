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
  test("denies a token whose iss is not the provider's, whatever its subject", async () => {
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
    [
      'an AWS principal that is the ARN of a provider',
      policy(
        statement('gitlab.com', open, {
          Principal: { AWS: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
        }),
      ),
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
    expect(asked.stdout).toContain('undetermined: it depends on aws:SourceIp');
    expect(asked.exitCode).toBe(4);
    const inside = ['--sub', MAIN, '--claim', 'aws:SourceIp=203.0.113.7'];
    expect((await program('explain', limited, ...inside)).exitCode).toBe(0);
    const outside = ['--sub', MAIN, '--claim', 'aws:SourceIp=198.51.100.7'];
    expect((await program('explain', limited, ...outside)).exitCode).toBe(1);
  });

  test('does not take a Deny on the network for one of every job', async () => {
    const denied = policy(
      statement('gitlab.com', { StringEquals: { 'gitlab.com:sub': MAIN } }),
      statement(
        'gitlab.com',
        { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
        { Effect: 'Deny' },
      ),
    );
    expect((await program('explain', denied, '--sub', MAIN)).exitCode).toBe(4);
    const inside = ['--sub', MAIN, '--claim', 'aws:SourceIp=203.0.113.7'];
    expect((await program('explain', denied, ...inside)).exitCode).toBe(0);
  });

  test.each([
    [
      [
        '--project',
        'acme/web',
        '--branch',
        'main',
        '--project-id',
        '20',
        '--claim',
        'project_id=21',
      ],
      'project_id is "21", but --project-id says "20"',
    ],
    [
      ['--project', 'acme/web', '--branch', 'main', '--claim', 'ref=dev'],
      'ref is "dev", but --branch says "main"',
    ],
    [
      ['--project', 'acme/web', '--branch', 'main', '--claim', 'ref_type=tag'],
      'ref_type is "tag", but --branch says "branch"',
    ],
    [
      ['--project', 'acme/web', '--branch', 'main', '--claim', `sub=${MAIN}`],
      'claim sub cannot be combined with --project',
    ],
    [['--sub', MAIN, '--claim', 'project_path=evil/x'], 'but --sub says "acme/web"'],
    [['--sub', MAIN, '--aud', 'a', '--claim', 'aud=b'], 'aud is "b", but --aud says "a"'],
    [['--sub', MAIN, '--claim', 'ref_protected=True'], 'ref_protected is "True"'],
    [['--sub', MAIN, '--claim', 'project_id=020'], 'project_id is "020"'],
    [['--sub', MAIN, '--claim', 'gitlab.com:project_id=20'], 'Give the claim of the token'],
    [['--sub', MAIN, '--claim', 'aws:PrincipalArn=arn:x'], 'is absent from every call'],
    [['--sub', MAIN, '--claim', 'aws:SourceIp=here'], '"here" is not an address'],
  ])('refuses a claim that no such token has: %j', async (args, says) => {
    const exact = policy(statement('gitlab.com', { StringEquals: { 'gitlab.com:sub': MAIN } }));
    const { exitCode, stderr } = await program('explain', exact, ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error --claim');
    expect(stderr).toContain(says);
  });

  test('takes a claim that says the same as another flag', async () => {
    const exact = policy(statement('gitlab.com', { StringEquals: { 'gitlab.com:sub': MAIN } }));
    const args = ['--sub', MAIN, '--claim', 'project_path=acme/web', '--claim', 'ref=main'];
    expect((await program('explain', exact, ...args)).exitCode).toBe(0);
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

  test('checks a provider of any name as the GitLab that it is declared to be', async () => {
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

  test('gives the limits of a grant as data, not as phrases', async () => {
    const document = policy(
      statement('gitlab.com', {
        StringEquals: {
          'gitlab.com:sub': MAIN,
          'gitlab.com:ref_protected': 'true',
          'gitlab.com:pipeline_source': ['push'],
        },
      }),
    );
    const { stdout } = await program('explain', document, '--json');
    const limits = [
      { on: 'protected', is: true },
      { on: 'source', any: ['push'] },
    ];
    expect(JSON.parse(stdout)).toMatchObject({ roles: [{ grants: [{ limits }] }] });
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

describe('lint', () => {
  interface Report {
    readonly policies: readonly {
      readonly grade: string;
      readonly findings: readonly {
        readonly id: string;
        readonly harm: string;
        readonly fix: string;
        readonly witness?: { readonly claims: Readonly<Record<string, string>> };
      }[];
    }[];
  }

  async function checked(document: unknown, ...args: string[]) {
    const { stdout } = await program('lint', document, '--json', ...args);
    return (JSON.parse(stdout) as Report).policies;
  }

  async function only(document: unknown, ...args: string[]) {
    const [policy] = await checked(document, ...args);
    if (!policy) throw new Error('one policy was given');
    return { ...policy, ids: policy.findings.map(({ id }) => id) };
  }

  const ID = { 'gitlab.com:project_id': '20' };

  test('does not say that everyone may assume a role that an id pins', async () => {
    const { ids, grade } = await only(
      policy(
        statement('gitlab.com', {
          StringEquals: {
            'gitlab.com:aud': 'https://gitlab.com',
            'gitlab.com:namespace_id': '9',
            'gitlab.com:ref_protected': 'true',
            ...ID,
          },
        }),
      ),
    );
    expect({ ids, grade }).toEqual({ ids: ['OIDC028'], grade: 'caution' });
  });

  test('does not say that everyone may assume a role that a dead key closes', async () => {
    const { ids } = await only(
      policy(statement('gitlab.com', { StringEquals: { 'gitlab.com:ref': 'main' } })),
    );
    expect(ids).toEqual(['OIDC012']);
  });

  test('calls IfExists on sub untidy, and on a key that can be absent dangerous', async () => {
    const onSub = policy(
      statement('gitlab.com', {
        StringEqualsIfExists: { 'gitlab.com:sub': MAIN },
        StringEquals: ID,
      }),
    );
    expect(await only(onSub)).toMatchObject({ ids: ['OIDC116'], grade: 'safe' });
    const host = 'gitlab.example.com';
    const onId = policy(
      statement(host, {
        StringEquals: { [`${host}:sub`]: 'project_id:20:ref_type:branch:ref:main' },
        StringEqualsIfExists: { [`${host}:project_id`]: '20' },
      }),
    );
    expect(await only(onId)).toMatchObject({ ids: ['OIDC007'], grade: 'dangerous' });
  });

  test('does not call ForAllValues on sub dangerous: every token has one', async () => {
    const { grade } = await only(
      policy(
        statement('gitlab.com', {
          'ForAllValues:StringEquals': { 'gitlab.com:sub': MAIN },
          StringEquals: ID,
        }),
      ),
    );
    expect(grade).not.toBe('dangerous');
  });

  test('does not advise StringLike for a subject that stands under aud', async () => {
    const { findings } = await only(
      policy(
        statement('gitlab.com', {
          StringEquals: { 'gitlab.com:aud': 'project_path:acme/*', 'gitlab.com:sub': MAIN, ...ID },
        }),
      ),
    );
    expect(findings.filter(({ fix }) => fix.includes('StringLike'))).toEqual([]);
  });

  test('says that a subject without a ref needs a subject form of its own', async () => {
    const { ids } = await only(
      policy(
        statement('gitlab.com', {
          StringEquals: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch', ...ID },
        }),
      ),
    );
    expect(ids).toEqual(['OIDC115']);
  });

  test.each(['*', 'project_path:*'])(
    'does not advise StringLike for %s, which would open the role',
    async (sub) => {
      const { findings } = await only(
        policy(statement('gitlab.com', { StringEquals: { 'gitlab.com:sub': sub } })),
      );
      expect(
        findings.map(({ id, fix }) => [id, fix.includes('would admit more than one project')]),
      ).toContainEqual(['OIDC009', true]);
    },
  );

  test('takes Bool and numbers as AWS does', async () => {
    const { ids, grade } = await only(
      policy(
        statement('gitlab.com', {
          StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:*' },
          StringEquals: { 'gitlab.com:project_id': 20 },
          Bool: { 'gitlab.com:ref_protected': 'true' },
        }),
      ),
    );
    expect({ ids, grade }).toEqual({ ids: ['OIDC117'], grade: 'safe' });
  });

  const openHost = statement('git.acme.example', { StringEquals: { 'git.acme.example:aud': 'x' } });

  test('reports a provider of any name that is trusted without sub', async () => {
    const { ids, grade, findings } = await only(policy(openHost));
    expect({ ids, grade }).toEqual({ ids: ['OIDC034'], grade: 'dangerous' });
    expect(findings[0]?.witness?.claims['iss']).toBe('https://git.acme.example');
  });

  test('takes a provider for the GitLab that another role shows it to be', async () => {
    const exact = statement('git.acme.example', { StringEquals: { 'git.acme.example:sub': MAIN } });
    const roles = [policy(openHost), policy(exact)].map((AssumeRolePolicyDocument, at) => ({
      RoleName: `r${at}`,
      Arn: `arn:aws:iam::123456789012:role/r${at}`,
      Path: '/',
      AssumeRolePolicyDocument,
    }));
    const policies = await checked({ Roles: roles });
    expect(policies.map(({ findings }) => findings.map(({ id }) => id))).toEqual([
      ['OIDC001'],
      ['OIDC109'],
    ]);
  });

  test('does not call a role safe that it did not check, and ok is that of the exit code', async () => {
    const service = policy({
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com' },
      Action: 'sts:AssumeRole',
    });
    expect((await only(service)).grade).toBe('not-judged');
    const open = await program('lint', policy(openHost), '--json');
    expect(open.exitCode).toBe(1);
    expect(JSON.parse(open.stdout)).toMatchObject({ ok: false });
  });

  test.each<[string, object, string]>([
    ['ref_protected "True"', { StringEquals: { 'gitlab.com:ref_protected': 'True' } }, 'OIDC029'],
    [
      'gitlab_hosted',
      { StringEquals: { 'gitlab.com:runner_environment': 'gitlab_hosted' } },
      'OIDC029',
    ],
    [
      'merge_request',
      { StringEquals: { 'gitlab.com:pipeline_source': 'merge_request' } },
      'OIDC029',
    ],
    [
      'an access level in digits',
      { StringEquals: { 'gitlab.com:user_access_level': '40' } },
      'OIDC029',
    ],
    ['a leading zero', { StringEquals: { 'gitlab.com:namespace_id': '020' } }, 'OIDC029'],
    ['a word in an id', { StringEquals: { 'gitlab.com:namespace_id': 'acme' } }, 'OIDC029'],
    ['no value at all', { StringEquals: { 'gitlab.com:sub': [] } }, 'OIDC029'],
    ['ArnLike on sub', { ArnLike: { 'gitlab.com:sub': MAIN } }, 'OIDC030'],
    ['an external id', { StringEquals: { 'sts:ExternalId': 'x' } }, 'OIDC031'],
    ['NumericEquals on sub', { NumericEquals: { 'gitlab.com:sub': '20' } }, 'OIDC030'],
    [
      'a subject that begins with ref_type',
      { StringLike: { 'gitlab.com:sub': 'ref_type:branch:ref:main' } },
      'OIDC022',
    ],
  ])('reports %s as what admits nobody', async (_what, condition, id) => {
    const { ids } = await only(policy(statement('gitlab.com', condition)));
    expect(ids).toContain(id);
  });

  test.each<[string, object, object]>([
    [
      'NotPrincipal',
      { NotPrincipal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' } },
      { Principal: undefined },
    ],
    ['a Sid with a space', { Sid: 'From GitLab' }, {}],
  ])('reports %s, which AWS rejects', async (_what, more, less) => {
    const condition = { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } };
    const { findings } = await only(
      policy(statement('gitlab.com', condition, { ...more, ...less })),
    );
    expect(findings.map(({ harm }) => harm)).toContain('rejected');
  });
});
