import { describe, expect, test } from '@jest/globals';
import { parseCiFile, type CiFile } from '../../support/builders/ci-file.ts';
import { renderVariant } from '../../support/builders/ci-variants.ts';
import { jobScript } from '../../support/tools/job-script.ts';
import { describeWith } from '../../support/tools/required-tools.ts';
import { runJob, type Job, type JobRun } from '../../support/tools/run-job.ts';
import { shells } from '../../support/tools/shells.ts';

const STATE = { backend: 's3', bucket: 'state', key: 'oidc.tfstate' };

function ownPipeline(changes: Record<string, unknown>): CiFile {
  return parseCiFile(renderVariant({ state: STATE, ...changes }).get('.gitlab-ci.yml') ?? '');
}

/** The pipeline with the file that it includes. */
function wholePipeline(changes: Record<string, unknown>): CiFile {
  const files = renderVariant({ state: STATE, ...changes });
  return Object.assign({}, ...[...files.values()].map((text) => parseCiFile(text))) as CiFile;
}

describe('who may download the plan', () => {
  test('maintainers, on gitlab.com', () => {
    const { plan } = ownPipeline({ gitlab: { url: 'https://gitlab.com' } });
    expect(plan?.artifacts).toMatchObject({ access: 'maintainer' });
  });

  test('developers, elsewhere: a GitLab before 18.4 refuses the whole file for maintainer', () => {
    const { plan } = ownPipeline({ gitlab: { url: 'https://gitlab.example.com' } });
    expect(plan?.artifacts).toMatchObject({ access: 'developer' });
  });

  test('nobody, of a GitLab that still has CI_JOB_JWT_V2: before 16.11 it could not keep it from anyone', () => {
    const { plan, apply } = ownPipeline({ ci: { credentials: 'legacy-jwt' } });
    expect(plan?.artifacts).not.toHaveProperty('access');
    expect(plan?.artifacts).toMatchObject({ paths: ['terraform/.terraform.lock.hcl'] });
    expect([...(plan?.script ?? []), ...(apply?.script ?? [])].join('\n')).not.toContain('tfplan');
  });
});

test("a Developer can plan with GitLab's state, which Maintainers alone may lock", () => {
  const state = { backend: 'gitlab', name: 'oidc' };
  const gitlab = { url: 'https://gitlab.com', repository: 'acme/oidc' };
  const plans = ({ plan }: CiFile) =>
    plan?.script?.filter((line) => String(line).includes(' plan '));
  const locking = 'terraform -chdir=terraform plan -input=false -out=plan.tfplan';
  expect(plans(ownPipeline({ state, gitlab }))).toEqual([
    locking.replace(' -out', ' -lock=false -out'),
  ]);
  expect(plans(ownPipeline({}))).toEqual([locking]);
});

test('apply deploys to an environment, which GitLab can protect', () => {
  expect(ownPipeline({})['apply']?.environment).toEqual({ name: 'aws' });
});

test('apply gets the plan with the providers that it was made with', () => {
  expect(ownPipeline({})['plan']?.artifacts).toMatchObject({
    paths: ['terraform/plan.tfplan', 'terraform/.terraform.lock.hcl'],
  });
});

test("the terraform image gets the aws command before the sign-in's script calls it", () => {
  const pipeline = ownPipeline({ ci: { credentials: 'script' } });
  expect(pipeline['.signed-in']?.before_script).toEqual([
    'command -v aws || apk add --no-cache aws-cli',
    ['.aws-sign-in', 'before_script'],
  ]);
});

describe('validate-cdktf installs', () => {
  const pipeline = ownPipeline({});
  const npm = '#!/bin/sh\necho "npm $*"\n';

  for (const shell of shells) {
    describeWith(shell.needs, `under ${shell.name}`, () => {
      test.each([
        ['what package-lock.json says, where it is committed', ': > package-lock.json', 'ci'],
        ['the newest that package.json accepts, where it is not', ':', 'install'],
      ])('%s', (_what, before, command) => {
        const script = ['cd "$TMPDIR"', before, jobScript(pipeline, 'validate-cdktf')].join('\n');
        const commands = { npm, npx: npm };
        const { stdout, exitCode } = runJob(shell, {
          script,
          aws: 'absent',
          commands,
          variables: {},
        });
        expect(stdout.split('\n').slice(0, 2)).toEqual([
          `npm ${command} --ignore-scripts`,
          'npm run check',
        ]);
        expect(exitCode).toBe(0);
      });
    });
  }
});

test('the state on one machine only: nothing of AWS in the pipeline', () => {
  expect(Object.keys(ownPipeline({ state: { backend: 'local' } }))).toEqual([
    'workflow',
    'stages',
    '.terraform',
    'validate',
    'validate-cdktf',
  ]);
});

const TERRAFORM = '#!/bin/sh\necho "terraform $*"\n';
const BROKEN_INIT = `${TERRAFORM}case "$*" in *" init "*) exit 1 ;; esac\n`;
const APK = '#!/bin/sh\necho "apk $*"\n';

const INIT = 'terraform -chdir=terraform init -input=false';
const SAVED_PLAN = {
  plan: [INIT, 'terraform -chdir=terraform plan -input=false -out=plan.tfplan'],
  apply: [INIT, 'terraform -chdir=terraform apply -input=false plan.tfplan'],
} as const;
const LINES = {
  'web-identity': SAVED_PLAN,
  script: SAVED_PLAN,
  'legacy-jwt': {
    plan: [INIT, 'terraform -chdir=terraform plan -input=false'],
    apply: [INIT, 'terraform -chdir=terraform apply -input=false -auto-approve'],
  },
} as const;

describe.each(['web-identity', 'script', 'legacy-jwt'] as const)(
  'the jobs that use %s',
  (credentials) => {
    const pipeline = wholePipeline({ ci: { credentials } });

    for (const shell of shells) {
      describeWith(shell.needs, `under ${shell.name}`, () => {
        describe.each(['plan', 'apply'] as const)('%s', (name) => {
          function run(changes: Partial<Job>): JobRun {
            return runJob(shell, {
              script: jobScript(pipeline, name),
              aws: 'accepts',
              commands: { terraform: TERRAFORM, apk: APK },
              variables: {
                AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/oidc',
                AWS_ROLE_DURATION: '3600',
                AWS_ID_TOKEN: 'token',
                CI_JOB_JWT_V2: 'token',
                CI_PROJECT_ID: '20',
                CI_PROJECT_PATH: 'mygroup/myproject',
                CI_JOB_ID: '4711',
              },
              ...changes,
            });
          }

          test('runs terraform, signed in', () => {
            const { exitCode, stdout } = run({});
            expect(stdout.split('\n').filter((line) => line.startsWith('terraform'))).toEqual(
              LINES[credentials][name],
            );
            expect(exitCode).toBe(0);
          });

          test('does not come to terraform when AWS refuses', () => {
            const { exitCode, stdout } = run({ aws: 'refuses' });
            expect(stdout).not.toContain('terraform');
            expect(exitCode).toBeGreaterThan(0);
          });

          test('stops at the line of terraform that fails', () => {
            const { exitCode, stdout } = run({ commands: { terraform: BROKEN_INIT, apk: APK } });
            expect(stdout).toContain(LINES[credentials][name][0]);
            expect(stdout).not.toContain(LINES[credentials][name][1]);
            expect(exitCode).toBe(1);
          });
        });
      });
    }
  },
);
