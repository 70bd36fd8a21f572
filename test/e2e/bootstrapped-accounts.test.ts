import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completeAnswers, readAnswersText } from '../../src/answers/read.ts';
import type { Answers } from '../../src/answers/schema.ts';
import { answersText } from '../../src/answers/write.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { renderRepository } from '../../src/repository/render.ts';
import { VERSION } from '../../src/version.ts';
import { committedFiles } from '../support/builders/goldens.ts';
import { claimsOf, type Pipeline } from '../support/builders/id-token-claims.ts';
import { assumeRole } from '../support/stand-ins/assume-role.ts';
import { Issuer } from '../support/stand-ins/issuer.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { NpmRegistry } from '../support/stand-ins/npm-registry.ts';
import { StsGate } from '../support/stand-ins/sts-gate.ts';
import { adminEnvironment, administratorOf } from '../support/tools/administrator.ts';
import { commitProject, writeFiles, writeProject } from '../support/tools/git-project.ts';
import {
  gitlabCiLocal,
  gitlabCiLocalTools,
  type PipelineRun,
} from '../support/tools/gitlab-ci-local.ts';
import { awsCli, describeWith, terraform } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';
import { mirrorSettings, terraformInit } from '../support/tools/terraform.ts';

/** The accounts of the golden. That of the state is none of them. */
const ACCOUNTS = { dev: '111111111111', stage: '222222222222', prod: '333333333333' } as const;
const NAMES = ['dev', 'stage', 'prod'] as const;
type Account = (typeof NAMES)[number];
const STATE_ACCOUNT = '444444444444';
const BUCKET = 'mygroup-terraform-state';

const AUDIENCE = 'https://gitlab.com';
const DENIED = 'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity';

const OWN = { path: 'mygroup/platform/aws-access', id: 42 };
const ON_MAIN: Pipeline = { project: OWN, branch: 'main', isProtected: true };
const OF_MERGE_REQUEST: Pipeline = { project: OWN, mergeRequestFrom: 'feature' };
const SHOP = { path: 'mygroup/shop', id: 20 };
const SHOP_MAIN: Pipeline = { project: SHOP, branch: 'main', isProtected: true };
const SHOP_RELEASE: Pipeline = { project: SHOP, tag: 'v1.0.0', isProtected: true };

const PLANS = ['plan', 'lint-plan', 'summary'];
const APPLIES = NAMES.map((name) => `apply-${name}`);

/** The golden's answers, with this program as it is now, and an admin role for the twin. */
function answersWith(integrity: string): Answers {
  const text = committedFiles('bootstrapped-accounts').get('gitlab-aws-oidc.yaml') ?? '';
  const golden = completeAnswers(readAnswersText(text, 'golden').draft);
  const generator = { package: `create-gitlab-aws-oidc@${VERSION}`, integrity };
  return {
    ...golden,
    ci: { ...golden.ci, generator },
    bootstrap: { ...golden.bootstrap, admin_role: 'OrganizationAccountAccessRole' },
  };
}

/**
 * gitlab-ci-local restores the checkout before an `after_script`, so that the plan would be gone before it becomes an
 * artifact; GitLab Runner keeps it. `test/render/gitlab-ci/token-file` runs the `after_script`.
 */
function withoutAfterScript(text: string): string {
  return text.replace(/^ {2}after_script:\n(?: {4}.*\n)+/m, '');
}

describeWith(
  [...gitlabCiLocalTools(), moto, awsCli, terraform],
  'a repository of three accounts, from the bootstrap to a job',
  () => {
    let scratch: string;
    let server: MotoServer;
    let issuer: Issuer;
    let gate: StsGate;
    let registry: NpmRegistry;

    const project = () => join(scratch, 'repository');
    const administrator = (account: string) => administratorOf(server.url, account);
    const ofAccount = async (account: Account, ...args: string[]) =>
      run('aws', args, project(), await administrator(ACCOUNTS[account]));

    beforeAll(async () => {
      scratch = mkdtempSync(join(tmpdir(), 'bootstrapped-accounts-'));
      registry = await NpmRegistry.start(scratch);
      server = await MotoServer.start();
      issuer = await Issuer.start('https://gitlab.com');
      gate = await StsGate.start(server.url, [issuer]);
      writeRepository();
      await makeWhatIsThereBefore();
    });

    afterAll(async () => {
      await registry.stop();
      await gate.stop();
      await issuer.stop();
      await server.stop();
      rmSync(scratch, { recursive: true });
    });

    function writeRepository(): void {
      const answers = answersWith(registry.integrity);
      const files = renderRepository(blueprintOf(answers), answers, answersText(answers));
      writeFiles(
        project(),
        new Map([...files].map(([path, text]) => [path, withoutAfterScript(text)])),
      );
      commitProject(project());
      const remote = ['remote', 'set-url', 'origin', `git@gitlab.com:${OWN.path}.git`];
      execFileSync('git', remote, { cwd: project() });
    }

    /** The bucket, with the policy that the repository brings; the provider of stage, and the boundary of prod. */
    async function makeWhatIsThereBefore(): Promise<void> {
      const bucket = ['--bucket', BUCKET];
      const owner = await administrator(STATE_ACCOUNT);
      const place = ['--create-bucket-configuration', 'LocationConstraint=eu-west-1'];
      await run('aws', ['s3api', 'create-bucket', ...bucket, ...place], project(), owner);
      const policy = ['--policy', 'file://bootstrap/state-bucket-policy.json'];
      await run('aws', ['s3api', 'put-bucket-policy', ...bucket, ...policy], project(), owner);
      const provider = [
        '--url',
        'https://gitlab.com',
        '--client-id-list',
        JSON.stringify([AUDIENCE]),
      ];
      await ofAccount('stage', 'iam', 'create-open-id-connect-provider', ...provider);
      const document = { Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] };
      await ofAccount(
        'prod',
        ...['iam', 'create-policy', '--path', '/security/', '--policy-name', 'ci-boundary'],
        ...['--policy-document', JSON.stringify({ Version: '2012-10-17', ...document })],
      );
    }

    describe('the bootstrap', () => {
      test('CloudFormation deploys it to stage by one command, which refuses other credentials', async () => {
        const deploy = async (credentials: Account) =>
          run(
            'sh',
            ['bootstrap/deploy.sh', 'stage'],
            project(),
            await administrator(ACCOUNTS[credentials]),
          );
        await expect(deploy('dev')).rejects.toThrow(
          'These are credentials of the account 111111111111, but stage is 222222222222.',
        );
        await deploy('stage');
        const stack = await ofAccount('stage', 'cloudformation', 'describe-stacks');
        expect(JSON.parse(stack)).toMatchObject({
          Stacks: [{ StackName: 'gitlab-oidc-bootstrap', StackStatus: 'CREATE_COMPLETE' }],
        });
      });

      // The stand-in's CloudFormation has no OIDC providers; `test/e2e/bootstrap` proves that both make the same.
      test('its twin creates it in dev and prod, by a role that it assumes there', async () => {
        const twin = join(project(), 'bootstrap/terraform');
        const management = adminEnvironment(server.url);
        await terraformInit(twin, { backend: true });
        await run('terraform', ['validate'], twin);
        const apply = (account: Account) =>
          run(
            'terraform',
            ['apply', '-auto-approve', '-input=false', `-var=account=${account}`],
            twin,
            management,
          );
        await expect(apply('dev')).rejects.toThrow(
          /Invalid index[^]*terraform\.workspace is "default"\s+.*var\.account is "dev"/,
        );
        for (const account of ['dev', 'prod'] as const) {
          await run('terraform', ['workspace', 'select', '-or-create', account], twin);
          await apply(account);
        }
        expect(await apply('prod')).toContain('No changes.');
      });

      test('an account with a boundary of its own gets no other', async () => {
        const policies = async (account: Account) => {
          const listed = await ofAccount(account, 'iam', 'list-policies', '--scope', 'Local');
          return (JSON.parse(listed) as { Policies: { Arn: string }[] }).Policies.map(
            ({ Arn }) => Arn,
          );
        };
        expect(await policies('stage')).toEqual([
          'arn:aws:iam::222222222222:policy/gitlab-bootstrap/gitlab-boundary',
        ]);
        expect(await policies('prod')).toEqual([
          'arn:aws:iam::333333333333:policy/security/ci-boundary',
        ]);
      });
    });

    /** Runs jobs as the pipeline of a token would: one call is one pipeline. */
    async function pipeline(folder: string, jobs: readonly string[], of: Pipeline) {
      const args = [...jobs, '--force-shell-executor', '--shell-isolation'];
      return gitlabCiLocal(folder, args, {
        ...mirrorSettings(scratch),
        AWS_ENDPOINT_URL: gate.url,
        AWS_ENDPOINT_URL_STS: gate.url,
        AWS_ENDPOINT_URL_S3: gate.url,
        AWS_ID_TOKEN: await issuer.token(claimsOf(of), { audience: AUDIENCE }),
        CHECKPOINT_DISABLE: '1',
        npm_config_registry: registry.url,
        TF_CLI_ARGS: '-no-color',
        // A bucket has no host name of its own here.
        TF_CLI_ARGS_init: '-backend-config=use_path_style=true',
      });
    }

    const summaryOf = () => {
      const file = join(project(), '.gitlab-ci-local/artifacts/summary/plans.md');
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    };

    /** What the jobs of an account print in a run. */
    const linesOf = ({ output }: PipelineRun, job: string, account: Account) =>
      output
        .split('\n')
        .filter((line) => line.startsWith(job) && line.includes(account))
        .join('\n');

    /** The plan of one account, as the matrix names it. */
    const planOf = (account: Account) => `plan: [${account},${ACCOUNTS[account]},eu-west-1]`;

    describe('its pipeline', () => {
      test('every root is valid', async () => {
        const { exitCode, output } = await pipeline(project(), ['validate'], ON_MAIN);
        expect(output.match(/Success! The configuration is valid\./g)).toHaveLength(3);
        expect(exitCode).toBe(0);
      });

      // The runner starts applies of later stages side by side, and has no environments or resource groups:
      // `test/render/gitlab-ci/accounts` holds the file to their order.
      test('main plans every account on one page, checks the plans, and applies all by their own roles', async () => {
        const result = await pipeline(project(), [...PLANS, ...APPLIES], ON_MAIN);
        for (const account of NAMES) {
          expect(summaryOf()).toContain(
            `\n| ${account} | Plan: 4 to add, 0 to change, 0 to destroy. |`,
          );
          expect(linesOf(result, 'apply-', account)).toContain('Apply complete!');
        }
        // What two accounts have in common is shown once.
        expect(
          summaryOf()
            .match(/^## .*/gm)
            ?.sort(),
        ).toEqual(['## dev, stage', '## prod']);
        expect(result.output).toMatch(/^lint-plan +> 0 errors, \d+ warnings? in \d+ policies/m);
        expect(result.exitCode).toBe(0);
      }, 600_000);

      test('in a second run no account differs, so nothing is applied', async () => {
        const { exitCode, output } = await pipeline(project(), [...PLANS, ...APPLIES], ON_MAIN);
        for (const account of NAMES) {
          expect(summaryOf()).toContain(`| ${account} | No changes. |`);
          expect(output).toContain(`There is nothing to apply in ${account}.`);
        }
        expect(output).not.toContain('Apply complete');
        expect(exitCode).toBe(0);
      });

      test('a merge request plans, and AWS refuses to apply it in every account', async () => {
        const planned = await pipeline(project(), [planOf('dev')], OF_MERGE_REQUEST);
        expect(planned.output).toContain('No changes. Your infrastructure matches');
        expect(planned.exitCode).toBe(0);
        for (const apply of APPLIES) {
          const { exitCode, output } = await pipeline(project(), [apply], OF_MERGE_REQUEST);
          expect(output).toContain('Not authorized to perform sts:AssumeRoleWithWebIdentity');
          expect(output).not.toContain('There is nothing to apply');
          expect(exitCode).toBeGreaterThan(0);
        }
      });
    });

    const signIn = async (account: Account, role: string, of: Pipeline) =>
      assumeRole(gate.url, {
        role: `arn:aws:iam::${ACCOUNTS[account]}:role/${role}`,
        token: await issuer.token(claimsOf(of), { audience: AUDIENCE }),
      });

    describe('afterwards', () => {
      test('jobs of a project sign in to each account where they may', async () => {
        const jobs = NAMES.map((name) =>
          [
            `${name}:`,
            `  extends: .aws-${name}-shop-deploy`,
            '  script: [aws sts get-caller-identity --query Arn --output text]',
          ].join('\n'),
        );
        const shop = join(scratch, 'shop');
        const file = 'ci/assume-role.gitlab-ci.yml';
        writeProject(shop, {
          [file]: readFileSync(join(project(), file), 'utf8'),
          '.gitlab-ci.yml': [`include: [local: ${file}]`, ...jobs, ''].join('\n'),
        });
        const { output } = await pipeline(shop, NAMES, SHOP_MAIN);
        expect(output).toMatch(/^dev .*arn:aws:sts::111111111111:assumed-role\/shop-deploy\//m);
        expect(output).toMatch(/^stage .*arn:aws:sts::222222222222:assumed-role\/shop-deploy\//m);
        expect(output).toMatch(/^prod .*Not authorized to perform/m);
      });

      test.each<[who: string, role: string, of: Pipeline, accounts: readonly Account[]]>([
        ['a release of the shop', 'gitlab/shop-deploy', SHOP_RELEASE, ['prod']],
        ['main of the shop', 'gitlab/shop-deploy', SHOP_MAIN, ['dev', 'stage']],
        ['a branch of the shop', 'gitlab/shop-deploy', { project: SHOP, branch: 'x' }, []],
        [
          'another project',
          'gitlab/shop-deploy',
          { project: { path: 'mygroup/other', id: 21 }, branch: 'main', isProtected: true },
          [],
        ],
        [
          'a project that took the path of the shop',
          'gitlab/shop-read',
          { project: { path: SHOP.path, id: 99 }, branch: 'main', isProtected: true },
          [],
        ],
        ['main of the repository', 'gitlab-bootstrap/gitlab-apply', ON_MAIN, NAMES],
        ['main of the repository', 'gitlab-bootstrap/gitlab-plan', ON_MAIN, NAMES],
        ['a merge request', 'gitlab-bootstrap/gitlab-plan', OF_MERGE_REQUEST, NAMES],
        ['a merge request', 'gitlab-bootstrap/gitlab-apply', OF_MERGE_REQUEST, []],
        [
          'main without its protection',
          'gitlab-bootstrap/gitlab-apply',
          { project: OWN, branch: 'main' },
          [],
        ],
        ['a tag named main', 'gitlab-bootstrap/gitlab-apply', { ...ON_MAIN, tag: 'main' }, []],
        ['the shop', 'gitlab-bootstrap/gitlab-apply', SHOP_MAIN, []],
        ['the shop', 'gitlab-bootstrap/gitlab-plan', SHOP_MAIN, []],
        ['main of the repository', 'gitlab/shop-deploy', ON_MAIN, []],
      ])('%s assumes %s only where it may', async (_, role, of, accounts) => {
        for (const account of NAMES) {
          const session = await signIn(account, role, of);
          const expected = `arn:aws:sts::${ACCOUNTS[account]}:assumed-role/${role.split('/').at(-1) ?? ''}/`;
          expect(session.startsWith(accounts.includes(account) ? expected : DENIED)).toBe(true);
        }
      });

      test('a trust policy that an edit opened stops the pipeline before the account is applied', async () => {
        const file = join(project(), 'terraform/modules/gitlab-oidc/roles.tf');
        const opened = readFileSync(file, 'utf8').replaceAll(
          'project_path:mygroup/shop:ref_type:branch:ref:',
          'project_path:*',
        );
        writeFiles(project(), new Map([['terraform/modules/gitlab-oidc/roles.tf', opened]]));
        const jobs = [planOf('stage'), 'lint-plan', 'apply-stage'];
        const { exitCode, output } = await pipeline(project(), jobs, ON_MAIN);
        expect(output).toMatch(/^lint-plan +> +error OIDC\d{3} /m);
        expect(output).toMatch(/FAIL +lint-plan/);
        expect(output).not.toContain('Apply complete');
        expect(exitCode).toBeGreaterThan(0);
      });
    });
  },
);
