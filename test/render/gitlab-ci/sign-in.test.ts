import { describe, expect, test } from '@jest/globals';
import { assumeRoleFile, roleJobs } from '../../support/builders/ci-file.ts';
import { describeWith } from '../../support/tools/required-tools.ts';
import {
  ACCESS_DENIED,
  CREDENTIALS,
  RECORD,
  runJob as newRun,
  type Job,
  type JobRun,
} from '../../support/tools/run-job.ts';
import { type JobShell, shells } from '../../support/tools/shells.ts';

/** Not a real token's characters only: `echo` or a `printf` without its `%s` would change them. */
const TOKEN = 'eyJhbGciOi.%s%d\\n\\c$HOME `id` "x".c2lnbmF0dXJl-_';

const STALE = {
  AWS_ACCESS_KEY_ID: 'AKIASTALE',
  AWS_SECRET_ACCESS_KEY: 'stale-secret',
  AWS_SESSION_TOKEN: 'stale-session',
  AWS_SECURITY_TOKEN: 'stale-session-of-old-tools',
  AWS_PROFILE: 'stale-profile',
  AWS_DEFAULT_PROFILE: 'stale-default-profile',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/stale/token',
};

const GOLDENS = [
  { golden: 'quickstart', token: 'AWS_ID_TOKEN', exchange: 'by the tools' },
  { golden: 'self-managed', token: 'AWS_ID_TOKEN', exchange: 'by the script' },
  { golden: 'legacy-jwt', token: 'CI_JOB_JWT_V2', exchange: 'by the script' },
] as const;

const known = new Map<string, JobRun>();

/** What comes of a job: tests that look at different parts of the same job share its run. */
function runJob(shell: JobShell, job: Job): JobRun {
  const key = JSON.stringify([shell.name, job]);
  const run = known.get(key) ?? newRun(shell, job);
  known.set(key, run);
  return run;
}

describe.each(GOLDENS)('.aws-sign-in of $golden', ({ golden, token, exchange }) => {
  const file = assumeRoleFile(golden);
  const beforeScript = file['.aws-sign-in']?.before_script?.join('\n') ?? '';
  const [roleJob = ''] = roleJobs(file);

  function job(changes: Partial<Job> = {}, variables: Record<string, string> = {}): Job {
    return {
      script: `${beforeScript}\n${RECORD}\necho reached`,
      aws: 'accepts',
      ...changes,
      variables: {
        ...expandAccount(file[roleJob]?.variables ?? {}, '123456789012'),
        CI_PROJECT_ID: '20',
        CI_PROJECT_PATH: 'mygroup/myproject',
        CI_JOB_ID: '4711',
        [token]: TOKEN,
        ...variables,
      },
    };
  }

  const arn = job().variables['AWS_ROLE_ARN'] ?? '';

  for (const shell of shells) {
    describeWith(shell.needs, `under ${shell.name}`, () => {
      test("the script's lines run, with the role and a session named after the job", () => {
        const run = runJob(shell, job());
        expect(run).toMatchObject({ exitCode: 0, stderr: '' });
        expect(run.stdout).toContain('reached');
        expect(run.seen?.environment).toMatchObject({
          AWS_ROLE_ARN: arn,
          AWS_ROLE_SESSION_NAME: 'gitlab-20-4711',
        });
      });

      test('keys and profiles from before are gone, for the exchange and for the script', () => {
        const run = runJob(shell, job({}, STALE));
        expect(run.exitCode).toBe(0);
        for (const environment of [run.awsEnvironment, run.seen?.environment ?? STALE]) {
          expect(Object.values(environment).filter((value) => /stale/i.test(value))).toEqual([]);
        }
      });

      if (exchange === 'by the tools') {
        test('the token is in one file, exactly, which only this user may read', () => {
          const { seen } = runJob(shell, job());
          expect(seen?.files).toMatchObject([{ mode: '600', text: TOKEN }]);
        });

        test("AWS_WEB_IDENTITY_TOKEN_FILE names the token's file, and no key is set", () => {
          const { seen } = runJob(shell, job());
          expect(seen?.environment['AWS_WEB_IDENTITY_TOKEN_FILE']).toBe(seen?.files[0]?.path);
          expect(seen?.environment).not.toHaveProperty('AWS_ACCESS_KEY_ID');
        });

        test('an image without the aws command signs in all the same', () => {
          const run = runJob(shell, job({ aws: 'absent' }));
          expect(run).toMatchObject({ exitCode: 0, stderr: '' });
          expect(run.seen?.files).toMatchObject([{ text: TOKEN }]);
        });
      } else {
        test("the three credentials are AWS's, exactly", () => {
          expect(runJob(shell, job()).seen?.environment).toMatchObject(CREDENTIALS);
        });

        test('the token goes to the exchange exactly, through a pipe, and is in no file', () => {
          const { exchangedToken, seen } = runJob(shell, job());
          expect(exchangedToken).toBe(TOKEN);
          expect(seen?.files).toEqual([]);
        });

        test('the exchange is the only call, for this role and session', () => {
          const { awsCalls } = runJob(shell, job());
          expect(awsCalls).toHaveLength(1);
          expect(awsCalls[0]).toEqual([
            ...['sts', 'assume-role-with-web-identity'],
            ...['--role-arn', arn],
            ...['--role-session-name', 'gitlab-20-4711'],
            ...['--web-identity-token', 'file:///dev/stdin'],
            ...['--duration-seconds', '3600'],
            ...['--query', 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]'],
            ...['--output', 'text'],
          ]);
        });

        test('an image without the aws command stops the job', () => {
          const run = runJob(shell, job({ aws: 'absent' }));
          expect(run.exitCode).toBe(127);
          expect(run.stderr).toMatch(/aws.*not found/);
          expect(run.seen).toBeUndefined();
        });
      }

      describe.each([
        ['in a shell', false],
        ["in the runner's subshell", true],
      ])('%s', (_where, asRunnerDoes) => {
        test('no token is left behind by a job that succeeds', () => {
          const run = runJob(shell, asRunnerDoes ? job({ asRunnerDoes }) : job());
          expect(run).toMatchObject({ exitCode: 0, leftBehind: [] });
        });

        test('nor by one whose own line fails', () => {
          const run = runJob(shell, job({ asRunnerDoes, script: `${beforeScript}\nexit 3` }));
          expect(run).toMatchObject({ exitCode: 3, leftBehind: [] });
        });

        test("when AWS refuses, the job stops with AWS's words and leaves no token", () => {
          const run = runJob(shell, job({ asRunnerDoes, aws: 'refuses' }));
          expect(run.exitCode).toBeGreaterThan(0);
          expect(run).toMatchObject({ seen: undefined, leftBehind: [] });
          expect(run.stdout).not.toContain('reached');
          expect(run.stderr).toContain(ACCESS_DENIED);
        });
      });

      test('when AWS refuses, the log says once how to find out why, and runs nothing from a registry', () => {
        const { stderr } = runJob(shell, job({ aws: 'refuses' }));
        const commands = stderr.split('\n').filter((line) => line.startsWith('  '));
        expect(commands).toEqual([
          `  create-gitlab-aws-oidc doctor --role ${arn.split('/').at(-1) ?? ''} --project mygroup/myproject --branch NAME`,
        ]);
        expect(stderr).not.toMatch(/npx|npm/);
      });

      test('the log names the session, and neither the account nor the role', () => {
        const { stdout, stderr } = runJob(shell, job({ script: beforeScript }));
        expect(stdout).toBe('Signed in to AWS as gitlab-20-4711.\n');
        expect(stderr).toBe('');
      });

      test("the job's own lines do not have the token", () => {
        expect(runJob(shell, job()).seen?.environment).not.toHaveProperty(token);
      });

      test.each([
        ['not set', {}],
        ['empty', { [token]: '' }],
      ])(`a token that is %s stops the job with the cause`, (_what, variables) => {
        const others = Object.entries(job().variables).filter(([name]) => name !== token);
        const run = runJob(shell, {
          ...job(),
          variables: { ...Object.fromEntries(others), ...variables },
        });
        expect(run).toMatchObject({ exitCode: 1, seen: undefined, awsCalls: [], leftBehind: [] });
        expect(run.stderr).toMatch(`${token} is not set`);
      });

      test.each([
        ['no role ARN', ''],
        ['a role ARN without an account', 'arn:aws:iam:::role/gitlab-deploy'],
        ['an account with dashes', 'arn:aws:iam::1234-5678-9012:role/gitlab-deploy'],
        ['an account that is not a number', 'arn:aws:iam::<account-id>:role/gitlab-deploy'],
        ['a role ARN without a name', 'arn:aws:iam::123456789012:role/'],
        ["a user's ARN", 'arn:aws:iam::123456789012:user/gitlab'],
      ])('%s stops the job with the cause', (_what, AWS_ROLE_ARN) => {
        const run = runJob(shell, job({}, { AWS_ROLE_ARN }));
        expect(run).toMatchObject({ exitCode: 1, seen: undefined, awsCalls: [], leftBehind: [] });
        expect(run.stderr).toMatch(`AWS_ROLE_ARN is '${AWS_ROLE_ARN}'`);
      });

      test.each(['accepts', 'refuses'] as const)(
        'the token is in no log and on no command line when AWS %s',
        (aws) => {
          const run = runJob(shell, job({ aws }));
          for (const words of [run.stdout, run.stderr, ...run.awsCalls.flat()]) {
            expect(words).not.toContain(TOKEN);
          }
        },
      );
    });
  }
});

/** What GitLab does with the variable in the role's ARN. */
function expandAccount(
  variables: Readonly<Record<string, string>>,
  account: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      value.replaceAll('${AWS_ACCOUNT_ID}', account),
    ]),
  );
}
