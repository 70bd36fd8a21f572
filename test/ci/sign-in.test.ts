import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { scratchFolders } from '../support/scratch-folder.ts';
import { signIn, type AwsStub } from '../support/sign-in.ts';
import { hasTool } from '../support/tools.ts';

const scratchFolder = scratchFolders();

const SHELLS: readonly (readonly [name: string, ...command: string[]])[] = [
  ...(hasTool('bash', 'install the package bash') ? [['bash', 'bash'] as const] : []),
  ...(hasTool('dash', 'install the package dash') ? [['sh', 'dash'] as const] : []),
  ...(hasTool('busybox', 'install the package busybox')
    ? [['busybox', 'busybox', 'sh'] as const]
    : []),
];

const TOKEN = 'eyJhbGciOi.JSUzI1NiIs.In-R5cCI_6IkpX';
const ARN = 'arn:aws:iam::123456789012:role/gitlab-deploy';
const STALE = {
  AWS_ACCESS_KEY_ID: 'AKIASTALE',
  AWS_SECRET_ACCESS_KEY: 'stale',
  AWS_SESSION_TOKEN: 'stale',
  AWS_PROFILE: 'stale',
  AWS_DEFAULT_PROFILE: 'stale',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere',
};

const FORMS = [
  { golden: 'quickstart', token: 'AWS_ID_TOKEN', script: false },
  { golden: 'self-managed', token: 'AWS_ID_TOKEN', script: true },
  { golden: 'legacy-jwt', token: 'CI_JOB_JWT_V2', script: true },
];

const cases = SHELLS.flatMap(([name, ...shell]) => FORMS.map((form) => ({ name, shell, ...form })));

describe.each(cases)('the sign-in of $golden under $name', ({ shell, golden, token, script }) => {
  const given = { [token]: TOKEN, AWS_ROLE_ARN: ARN, AWS_ROLE_DURATION: '3600' };
  const run = (stub: AwsStub, variables: Record<string, string> = given) => {
    const folder = scratchFolder();
    return { folder, ...signIn(golden, shell, folder, stub, variables) };
  };

  test('the job goes on with the role, and nothing stale is in its way', () => {
    const { exitCode, environment } = run('signs-in', { ...given, ...STALE });
    expect(exitCode).toBe(0);
    expect(environment).toMatchObject({
      AWS_ROLE_ARN: ARN,
      AWS_ROLE_SESSION_NAME: 'gitlab-20-4711',
      ...(script && {
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret/with+signs=',
        AWS_SESSION_TOKEN: 'token//x==',
      }),
    });
    expect(Object.values(environment ?? {})).not.toContain('stale');
    expect(Object.values(environment ?? {})).not.toContain('/nowhere');
    expect(environment).not.toHaveProperty('AWS_PROFILE');
    if (!script) expect(environment).not.toHaveProperty('AWS_ACCESS_KEY_ID');
  });

  test('the token is in a file for this user alone, outside the job’s output and the calls, and gone at the end', () => {
    const { tokenFile, calls, output } = run('signs-in');
    expect(tokenFile).toEqual({ text: TOKEN, mode: '600', left: false });
    expect(calls).toContain(
      script ? 'sts assume-role-with-web-identity' : 'sts get-caller-identity',
    );
    expect(calls).not.toContain(TOKEN);
    expect(output).not.toContain(TOKEN);
  });

  test('where AWS refuses, its message is shown and nothing after it runs', () => {
    const { exitCode, environment, stderr, folder } = run('refuses');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('Not authorized to perform sts:AssumeRoleWithWebIdentity');
    expect(environment).toBeUndefined();
    expect(readdirSync(folder).filter((name) => name.startsWith('tmp'))).toEqual([]);
  });

  test.each([
    ['no token', { AWS_ROLE_ARN: ARN, AWS_ROLE_DURATION: '3600' }, `There is no ${token}`],
    ['no role', { [token]: TOKEN, AWS_ROLE_DURATION: '3600' }, "AWS_ROLE_ARN is ''"],
    [
      'an account variable that is not set',
      { ...given, AWS_ROLE_ARN: 'arn:aws:iam:::role/gitlab-deploy' },
      "AWS_ROLE_ARN is 'arn:aws:iam:::role/gitlab-deploy'",
    ],
  ])('%s stops the job with a word on it', (_what, variables, says) => {
    const { exitCode, environment, stderr } = run('signs-in', variables);
    expect({ exitCode, environment }).toEqual({ exitCode: 1, environment: undefined });
    expect(stderr).toContain(says);
  });
});

test('without the AWS CLI a job signs in by its SDK', () => {
  const { exitCode, environment, tokenFile } = signIn(
    'quickstart',
    ['dash'],
    scratchFolder(),
    'absent',
    {
      AWS_ID_TOKEN: TOKEN,
      AWS_ROLE_ARN: ARN,
    },
  );
  expect(exitCode).toBe(0);
  expect(environment).toHaveProperty('AWS_WEB_IDENTITY_TOKEN_FILE');
  expect(tokenFile?.text).toBe(TOKEN);
});
