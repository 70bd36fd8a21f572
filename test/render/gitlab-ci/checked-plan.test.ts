import { describe, expect, test } from '@jest/globals';
import { parseCiFile, type CiFile } from '../../support/builders/ci-file.ts';
import { renderVariant } from '../../support/builders/ci-variants.ts';
import { committedFiles } from '../../support/builders/goldens.ts';
import { jobScript } from '../../support/tools/job-script.ts';
import { describeWith } from '../../support/tools/required-tools.ts';
import { runJob, type JobRun } from '../../support/tools/run-job.ts';
import { shells } from '../../support/tools/shells.ts';

/** A pipeline whose plans are checked, and where it has one of them. */
interface Checked {
  readonly pipeline: CiFile;
  readonly apply: string;
  readonly folder: string;
}

const ONE_ACCOUNT: Checked = {
  pipeline: ciFile(
    renderVariant({
      state: { backend: 's3', bucket: 'state', key: 'oidc.tfstate' },
      ci: { credentials: 'web-identity', generator: { package: '@acme/oidc@1.2.3' } },
    }),
  ),
  apply: 'apply',
  folder: 'terraform',
};

const SEVERAL_ACCOUNTS: Checked = {
  pipeline: ciFile(committedFiles('bootstrapped-accounts')),
  apply: '.apply',
  folder: 'terraform/accounts/dev',
};

function ciFile(files: ReadonlyMap<string, string>): CiFile {
  return parseCiFile(files.get('.gitlab-ci.yml') ?? '');
}

const MADE = 'printf first > plan.tfplan';
/** Somebody runs `plan` again in a pipeline that has passed: GitLab does not run `lint-plan` again. */
const MADE_AGAIN = 'printf second > plan.tfplan';

describe.each([
  ['one account', ONE_ACCOUNT],
  ['several accounts', SEVERAL_ACCOUNTS],
])('apply takes only the plan that lint-plan has checked: %s', (_, { pipeline, apply, folder }) => {
  const check = String(pipeline['lint-plan']?.script?.at(-1));
  const own = { ...pipeline, apply: { script: pipeline[apply]?.script } } as CiFile;

  for (const shell of shells) {
    describeWith(shell.needs, `under ${shell.name}`, () => {
      /** Runs `apply` after what came before it, with the artifacts of both jobs in their places. */
      const applyAfter = (before: readonly (typeof MADE | typeof MADE_AGAIN | 'check')[]): JobRun =>
        runJob(shell, {
          script: [
            `mkdir -p "$TMPDIR/${folder}"; cd "$TMPDIR"`,
            ...before.map((step) => (step === 'check' ? check : `( cd ${folder}; ${step}; )`)),
            jobScript(own, 'apply'),
          ].join('\n'),
          aws: 'accepts',
          commands: { terraform: '#!/bin/sh\necho "terraform $*"\n' },
          variables: { ACCOUNT: 'dev' },
        });

      test('the plan that was checked', () => {
        const { exitCode, stdout } = applyAfter([MADE, 'check']);
        expect(stdout).toMatch(/^terraform .*apply -input=false plan\.tfplan$/m);
        expect(exitCode).toBe(0);
      });

      test.each([
        ['one that was made later', [MADE, 'check', MADE_AGAIN]],
        ['one of a pipeline in which no plan was checked', [MADE]],
      ] as const)('not %s, and says what to do', (_what, before) => {
        const { exitCode, stdout, stderr } = applyAfter(before);
        expect(stdout).not.toContain('terraform');
        expect(stderr).toContain(
          'lint-plan has not checked this plan. Run lint-plan again, then this job.',
        );
        expect(exitCode).toBe(1);
      });

      test('that one too, after it was checked', () => {
        const { exitCode, stdout } = applyAfter([MADE, 'check', MADE_AGAIN, 'check']);
        expect(stdout).toContain('apply -input=false plan.tfplan');
        expect(exitCode).toBe(0);
      });
    });
  }
});

test('what lint-plan hands to apply is the checksum, never a plan: the package it runs is from elsewhere', () => {
  for (const { pipeline } of [ONE_ACCOUNT, SEVERAL_ACCOUNTS]) {
    expect(pipeline['lint-plan']?.artifacts).toEqual({
      paths: ['terraform/checked.sha256'],
      expire_in: '1 week',
    });
  }
});
