import { describe, expect, test } from '@jest/globals';
import { assumeRoleFile } from '../../support/builders/ci-file.ts';
import { describeWith } from '../../support/tools/required-tools.ts';
import { RECORD, runJob, type Job } from '../../support/tools/run-job.ts';
import { shells } from '../../support/tools/shells.ts';

const signIn = assumeRoleFile('quickstart')['.aws-sign-in'];
const textOf = (lines: readonly unknown[] = []) => lines.join('\n');

function job(lines: string, changes: Partial<Job> = {}): Job {
  return {
    script: `${textOf(signIn?.before_script)}\n${RECORD}\n${lines}`,
    aws: 'accepts',
    variables: {
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/gitlab-deploy',
      AWS_ID_TOKEN: 'token',
      CI_PROJECT_ID: '20',
      CI_PROJECT_PATH: 'mygroup/myproject',
      CI_JOB_ID: '4711',
    },
    ...changes,
  };
}

/** Sends a signal to the shell that runs the job's lines: in the runner's subshell, `$$` is another one. */
const signal = (name: string) => `/bin/sh -c 'kill -s ${name} "$PPID"'\necho survived`;

const SIGNALS = ['HUP', 'INT', 'TERM'];

const ENDS = [
  ['exec', 'exec env'],
  ['a trap of its own', "trap 'echo mine' EXIT"],
  ['a trap of its own, and a line that fails', "trap 'echo mine' EXIT\nexit 3"],
] as const;

for (const shell of shells) {
  describeWith(shell.needs, `the token's file under ${shell.name}`, () => {
    describe.each([
      ['in a shell', false],
      ["in the runner's subshell", true],
    ])('%s', (_where, asRunnerDoes) => {
      test.each(SIGNALS)('is gone after SIG%s, and the job has stopped', (name) => {
        const run = runJob(shell, job(signal(name), { asRunnerDoes }));
        expect(run.seen?.files).toHaveLength(1);
        expect(run.stdout).not.toContain('survived');
        expect(run.leftBehind).toEqual([]);
      });

      test.each(ENDS)('is gone after the after_script of a job with %s', (_what, lines) => {
        const afterScript = textOf(signIn?.after_script);
        const run = runJob(shell, job(lines, { asRunnerDoes, afterScript }));
        expect(run.seen?.files).toHaveLength(1);
        expect(run.leftBehind).toEqual([]);
      });
    });

    test('survives the after_script of another job on the same machine', () => {
      const other = textOf(signIn?.after_script);
      const run = runJob(shell, job(`CI_JOB_ID=471\n${other}\ncat "$AWS_WEB_IDENTITY_TOKEN_FILE"`));
      expect(run.stdout).toMatch(/token$/);
    });

    test("is made where the temporary folder's name has a space", () => {
      const lines = textOf(signIn?.before_script);
      const script = `mkdir "$TMPDIR/a b"\nTMPDIR="$TMPDIR/a b"\n${lines}\ncat "$AWS_WEB_IDENTITY_TOKEN_FILE"`;
      expect(runJob(shell, job('', { script })).stdout).toMatch(/token$/);
    });
  });
}
