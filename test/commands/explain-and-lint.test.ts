import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { RULES } from '../../src/lint/rules.ts';
import { PROGRAM, run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const golden = (name: string) => resolve('generated', name);

const DEAD = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'gitlab.com:aud': 'https://gitlab.com',
          'gitlab.com:sub': 'project_path:acme/web:*',
        },
      },
    },
  ],
};

const GROUP_WITH_FORM = `version: 2
gitlab: { url: https://gitlab.example.com, sub_components: [project_path, ref_type, ref, ref_protected] }
aws: { region: eu-west-1 }
provider: { mode: create }
roles:
  - name: deploy
    groups: [{ path: acme, accept_new_projects: true }]
    refs: { branches: [main], protected_only: true }
    permissions: {}
output: hcl
state: { backend: local }
ci: { credentials: web-identity }
`;

/** An ID token with these claims as they are written. */
function jwt(claims: string): string {
  const parts = [JSON.stringify({ alg: 'RS256' }), claims, 'signature'];
  return parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
}

/** A folder with one file. */
function file(name: string, content: unknown): { cwd: string; args: string[] } {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content));
  return { cwd, args: [name] };
}

describe('explain', () => {
  test.each<[who: string, repository: string, args: string[], exitCode: number, says: string]>([
    [
      'the project on its protected branch',
      'quickstart',
      ['--branch', 'main', '--protected'],
      0,
      'gitlab-deploy: allowed by Statement[0]',
    ],
    [
      'the branch when it is not protected',
      'quickstart',
      ['--branch', 'main'],
      1,
      'asks for a protected ref',
    ],
    ['another branch', 'quickstart', ['--branch', 'dev', '--protected'], 1, 'ref:dev'],
    [
      'a tag of the same name',
      'quickstart',
      ['--tag', 'main', '--protected'],
      1,
      'the token a tag',
    ],
    [
      'another id under the same path',
      'quickstart',
      ['--branch', 'main', '--protected', '--project-id', '21'],
      1,
      'gitlab.com:project_id',
    ],
    [
      'another audience',
      'quickstart',
      ['--branch', 'main', '--protected', '--aud', 'sts.amazonaws.com'],
      1,
      'audience of the provider',
    ],
  ])('%s', async (_who, repository, args, exitCode, says) => {
    const all = ['explain', golden(repository), '--project', 'mygroup/myproject', ...args];
    const result = await run(all, scratchFolder());
    expect({ exitCode: result.exitCode, stderr: result.stderr }).toEqual({ exitCode, stderr: '' });
    expect(result.stdout).toContain(says);
  });

  test('a merge request may plan and not apply', async () => {
    const args = ['--project', 'mygroup/infrastructure', '--branch', 'idea', '--mr'];
    const { stdout, exitCode } = await run(
      ['explain', golden('plan-and-apply'), ...args],
      scratchFolder(),
    );
    expect(stdout).toContain('infra-plan: allowed');
    expect(stdout).toContain('infra-apply: denied');
    expect(exitCode).toBe(0);
  });

  test('the subject of a job without environment holds nothing of environments', async () => {
    const args = ['--project', 'mygroup/website', '--branch', 'main', '--protected'];
    const about = ['explain', golden('project-id-subject'), '--role', 'gitlab-website', ...args];
    const without = await run(about, scratchFolder());
    expect(without.stdout).toContain(
      'actual    project_id:21:ref_type:branch:ref:main:ref_protected:true\n',
    );
    expect(without.exitCode).toBe(1);
    const within = await run([...about, '--claim', 'deployment_tier=production'], scratchFolder());
    expect(within.exitCode).toBe(0);
  });

  test('a project of a group whose subjects have a form of their own', async () => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, 'answers.yaml'), GROUP_WITH_FORM);
    const args = ['explain', 'answers.yaml', '--project', 'acme/any/where', '--branch', 'main'];
    expect((await run(args, cwd)).exitCode).toBe(1);
    expect((await run([...args, '--protected'], cwd)).exitCode).toBe(0);
  });

  test('a bare subject, on a policy from a file: a wildcard under StringEquals never matches', async () => {
    const { cwd, args } = file('policy.json', DEAD);
    const sub = 'project_path:acme/web:ref_type:branch:ref:main';
    const { stdout, exitCode } = await run(['explain', ...args, '--sub', sub], cwd);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/wildcard/);
  });

  test('a token is read for its claims, and its signature is not shown', async () => {
    const claims = { aud: 'https://gitlab.com', sub: 'project_path:x/y:ref_type:branch:ref:main' };
    const { cwd } = file('token.jwt', jwt(JSON.stringify(claims)));
    const args = ['explain', golden('quickstart'), '--token-file', 'token.jwt'];
    const { stdout, stderr, exitCode } = await run(args, cwd);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('project_path:x/y');
    expect(stdout + stderr).not.toContain(Buffer.from('signature').toString('base64url'));
  });
});

describe('explain --all-roles', () => {
  test('answers for every role of the input, and names the one that it cannot read', async () => {
    const dump = join(scratchFolder(), 'roles.json');
    const role = (name: string, trust: unknown) => ({
      RoleName: name,
      Arn: `arn:aws:iam::123456789012:role/${name}`,
      AssumeRolePolicyDocument: trust,
    });
    const roles = [role('first', DEAD), role('broken', '{"Version":'), role('last', DEAD)];
    writeFileSync(dump, JSON.stringify({ Roles: roles }));
    const question = ['--project', 'acme/web', '--branch', 'main'];
    const { exitCode, stdout, stderr } = await run(
      ['explain', dump, '--all-roles', ...question],
      process.cwd(),
    );
    expect(exitCode).toBe(1);
    for (const name of ['first', 'last']) expect(stdout).toMatch(new RegExp(`^${name}\\b`, 'm'));
    expect(`${stdout}${stderr}`).toContain('broken');
  });

  test('cannot be combined with --role', async () => {
    const flags = ['--all-roles', '--role', 'x'];
    const { exitCode, stderr } = await run(
      ['explain', golden('quickstart'), ...flags],
      process.cwd(),
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--role');
  });
});

describe('explain --claims', () => {
  test.each(['quickstart', 'self-managed', 'project-id-subject'])(
    'every token that it shows for %s passes the check that it names',
    async (name) => {
      const cwd = scratchFolder();
      const { stdout, exitCode } = await run(['explain', golden(name), '--claims'], cwd);
      expect(exitCode).toBe(0);
      const checks = [...stdout.matchAll(/^ {4}check: (.*)$/gm)].map(([, text = '']) => text);
      expect(checks.length).toBeGreaterThan(0);
      expect(stdout.match(/^ {4}sub: /gm)).toHaveLength(checks.length);
      for (const check of checks.slice(0, 4)) {
        const command = `"$0" "$1" ${check}`;
        const answer = execFileSync('sh', ['-c', command, process.execPath, PROGRAM], { cwd });
        expect(answer.toString()).toContain(': allowed');
      }
    },
  );

  test.each([
    [['--sub', 'x'], 'the other flags ask about one job'],
    [['--format', 'mermaid'], 'has no place for tokens'],
  ])('%j is refused beside it', async (args, says) => {
    const { exitCode, stderr } = await run(
      ['explain', golden('quickstart'), '--claims', ...args],
      scratchFolder(),
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
  });
});

test('a token with a claim twice is refused, as readers differ in which one counts', async () => {
  const { cwd } = file('token.jwt', jwt('{"sub":"a","aud":"b","sub":"c"}'));
  const args = ['explain', golden('quickstart'), '--token-file', 'token.jwt'];
  const { stderr, exitCode } = await run(args, cwd);
  expect(stderr).toContain('"token.jwt": the middle part of the token holds "sub" twice');
  expect(exitCode).toBe(2);
});

describe('lint', () => {
  const roleOf = (document: unknown) => ({
    Role: { RoleName: 'deploy', AssumeRolePolicyDocument: document },
  });
  const stateOf = (document: unknown) => ({
    format_version: '1.0',
    values: {
      root_module: {
        child_modules: [
          {
            resources: [
              {
                address: 'module.ci.aws_iam_role.deploy',
                type: 'aws_iam_role',
                values: { name: 'deploy', assume_role_policy: JSON.stringify(document) },
              },
            ],
          },
        ],
      },
    },
  });

  test.each<[form: string, content: unknown, name: string]>([
    ['a bare policy', DEAD, 'input.json'],
    ['the output of aws iam get-role', roleOf(DEAD), 'deploy'],
    ['a role as the API gives it', roleOf(encodeURIComponent(JSON.stringify(DEAD))), 'deploy'],
    ['a state of terraform show -json', stateOf(DEAD), 'module.ci.aws_iam_role.deploy'],
  ])('finds the fault in %s, and ends with 1', async (_form, content, name) => {
    const { cwd, args } = file('input.json', content);
    const { stdout, exitCode } = await run(['lint', ...args], cwd);
    expect(stdout).toContain(`${name}: caution`);
    expect(stdout).toContain('error OIDC009 wildcard-under-equals');
    expect(exitCode).toBe(1);
  });

  test('warnings alone end with 0, and with 1 where none is allowed', async () => {
    const lint = (...args: string[]) =>
      run(['lint', golden('plan-and-apply'), ...args], scratchFolder());
    expect((await lint()).exitCode).toBe(0);
    expect((await lint('--fail-on', 'warning')).exitCode).toBe(1);
  });

  test("GitHub's issuer is none of its business", async () => {
    const { cwd, args } = file(
      'github.json',
      JSON.stringify(DEAD)
        .replaceAll('gitlab.com', 'token.actions.githubusercontent.com')
        .replace('project_path:acme/web:*', 'repo:acme/web:*'),
    );
    const { stdout, exitCode } = await run(['lint', ...args], cwd);
    expect(stdout).toContain('skipped: not a GitLab trust');
    expect(exitCode).toBe(0);
  });

  test("SARIF and GitLab's Code Quality report name rule, severity and place", async () => {
    const { cwd, args } = file('policy.json', DEAD);
    const sarif = JSON.parse(
      (await run(['lint', ...args, '--format', 'sarif'], cwd)).stdout,
    ) as object;
    expect(sarif).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'OIDC009', level: 'error' }] }],
    });
    const report = (await run(['lint', ...args, '--format', 'codequality'], cwd)).stdout;
    expect(JSON.parse(report)).toMatchObject([
      {
        check_name: 'OIDC009 wildcard-under-equals',
        severity: 'critical',
        location: { path: 'policy.json', lines: { begin: 1 } },
      },
    ]);
  });
});

describe.each(['explain', 'lint'])('%s refuses', (command) => {
  test.each<[input: string, content: unknown, what: string]>([
    ['malformed JSON', '{"Statement": [', 'is not JSON'],
    [
      'a policy with a block of conditions twice, of which `JSON.parse` would drop the first',
      `{"Statement": [{"Condition": {"StringEquals": {"a:aud": "x"}, "StringEquals": {"a:sub": "y"}}}]}`,
      'Statement[0].Condition holds "StringEquals" twice',
    ],
    [
      'the same in a role whose policy is text',
      { Role: { AssumeRolePolicyDocument: '{"Statement": [], "Statement": []}' } },
      'trust policy holds "Statement" twice',
    ],
    [
      'a permission policy',
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
      'rincipal',
    ],
    ['JSON of something else', { hello: 1 }, 'neither a policy, nor a role'],
    ['an empty file', '', 'is empty'],
    ['a binary plan', 'PK\u0003\u0004\u0014', 'Give what terraform show -json prints of the plan'],
    ['a text', 'hello', 'neither JSON nor an answers file'],
    ['a file of 10 MB', ' '.repeat(10_000_000), 'It is empty'],
  ])('%s', async (_input, content, what) => {
    const { cwd, args } = file('input', content);
    const { exitCode, stdout, stderr } = await run([command, ...args], cwd);
    expect(stderr).toContain(what);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

test.each(['xml', 'toString', '__proto__'])('there is no format %s', async (format) => {
  const { exitCode, stdout, stderr } = await run(
    ['lint', '--format', format],
    golden('quickstart'),
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(`There is no format ${format}`);
});

test('lint --rules has no form in which findings are written', async () => {
  const args = ['lint', '--rules', '--format', 'sarif'];
  const { exitCode, stdout, stderr } = await run(args, scratchFolder());
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('Use one of text, json');
});

test('lint --rules explains every rule, and checks nothing', async () => {
  const { exitCode, stdout } = await run(['lint', 'no-such-file', '--rules'], scratchFolder());
  expect(exitCode).toBe(0);
  for (const { id, name, why, fix } of RULES) {
    expect(stdout).toContain(`${id} ${name} (`);
    expect(stdout).toContain(why);
    expect(stdout).toContain(fix);
  }
});
