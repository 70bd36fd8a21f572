import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeApplication } from '../support/tools/application.ts';
import { deployGolden } from '../support/tools/deployed-golden.ts';
import { gitlabCiLocal, gitlabCiLocalTools } from '../support/tools/gitlab-ci-local.ts';
import { claimsOf, type Pipeline } from '../support/builders/id-token-claims.ts';
import { Issuer, type TokenOptions } from '../support/stand-ins/issuer.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { awsCli, commandTool, describeWith, terraform } from '../support/tools/required-tools.ts';
import { StsGate } from '../support/stand-ins/sts-gate.ts';
import { GOLDEN_ROLES } from './roles/golden-roles.ts';

const tools = [
  ...gitlabCiLocalTools(),
  moto,
  awsCli,
  commandTool('dash', 'apt-get install dash'),
  terraform,
];

/** What a project may have left from the time before. */
const STALE = {
  AWS_ACCESS_KEY_ID: 'AKIASTALE',
  AWS_SECRET_ACCESS_KEY: 'stale',
  AWS_SESSION_TOKEN: 'stale',
  AWS_SECURITY_TOKEN: 'stale',
  AWS_PROFILE: 'stale',
  AWS_DEFAULT_PROFILE: 'stale',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere',
};

const RUNS = [
  { shell: 'bash', what: 'clean', environment: {}, job: 'deploy' },
  { shell: 'sh', what: 'stale', environment: STALE, job: 'deploy' },
  { shell: 'bash', what: 'stale', environment: STALE, job: 'deploy' },
  { shell: 'sh', what: 'clean', environment: {}, job: 'deploy-with-a-start-of-its-own' },
] as const;

const SIGN_INS = [
  {
    way: 'web identity',
    golden: 'quickstart',
    role: 'gitlab-deploy',
    variable: 'AWS_ID_TOKEN',
    runs: RUNS,
  },
  {
    way: 'the script',
    golden: 'self-managed',
    role: 'gitlab-deploy',
    variable: 'AWS_ID_TOKEN',
    runs: RUNS,
  },
  // The same script, with a token that comes in another variable.
  {
    way: 'the token of old GitLabs',
    golden: 'legacy-jwt',
    role: 'gitlab-legacy',
    variable: 'CI_JOB_JWT_V2',
    runs: RUNS.slice(0, 2),
  },
] as const;

/** Two jobs that say who they are, and leave a file behind where the job came so far. */
const jobsOf = (role: string) => `
deploy:
  extends: .aws-role-${role}
  script: &script
    - echo "bash \${BASH_VERSION:-none}"
    - aws sts get-caller-identity --query Arn --output text
    - touch "$CAME_SO_FAR"

deploy-with-a-start-of-its-own:
  extends: .aws-role-${role}
  before_script:
    - !reference [.aws-sign-in, before_script]
    - echo ready
  script: *script
`;

describeWith(tools, 'a job of an application signs in', () => {
  let scratch: string;
  let server: MotoServer;
  let issuers: readonly Issuer[];
  let gate: StsGate;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'sign-in-'));
    server = await MotoServer.start();
    issuers = [
      await Issuer.start('https://gitlab.com'),
      await Issuer.start('https://gitlab.example.com'),
    ];
    gate = await StsGate.start(server.url, issuers);
  });

  afterAll(async () => {
    await gate.stop();
    for (const issuer of issuers) await issuer.stop();
    await server.stop();
    rmSync(scratch, { recursive: true });
  });

  describe.each(SIGN_INS)('by $way ($golden)', ({ golden, role, variable, runs }) => {
    const side = GOLDEN_ROLES[golden];
    const meantFor = side?.roles[role]?.pipeline;
    let project: string;

    beforeAll(async () => {
      project = join(scratch, golden);
      writeApplication(project, golden, jobsOf(role));
      await server.reset();
      await deployGolden(golden, server);
    });

    async function run(
      job: string,
      pipeline: Pipeline | undefined,
      { shell = 'bash', environment = {}, ...options }: TokenOptions & RunOptions = {},
    ) {
      if (side === undefined || pipeline === undefined) throw new Error(`No ${role} in ${golden}`);
      const issuer = issuers.find(({ url }) => url === side.issuer);
      const token =
        (await issuer?.token(claimsOf(pipeline), { audience: side.audience, ...options })) ?? '';
      const cameSoFar = join(mkdtempSync(join(scratch, 'run-')), 'came-so-far');
      const variables = {
        AWS_ENDPOINT_URL: gate.url,
        AWS_ACCOUNT_ID: '123456789012',
        CAME_SO_FAR: cameSoFar,
        [variable]: token,
        ...environment,
      };
      const args = [job, '--force-shell-executor'];
      const { exitCode, output } = await gitlabCiLocal(project, args, variables, shell);
      expect(output).not.toContain(token);
      return { exitCode, output, cameSoFar: existsSync(cameSoFar) };
    }

    test.each(runs)('under $shell, in a $what environment: $job', async ({ job, ...options }) => {
      const { exitCode, output, cameSoFar } = await run(job, meantFor, options);
      expect(output).toMatch(`> arn:aws:sts::123456789012:assumed-role/${role}/gitlab-`);
      expect(output).toMatch(options.shell === 'sh' ? /> bash none/ : /> bash \d/);
      expect({ exitCode, cameSoFar }).toEqual({ exitCode: 0, cameSoFar: true });
    });

    test('is refused on another branch, under sh', async () => {
      const other = meantFor && { ...meantFor, branch: 'develop' };
      const { exitCode, output, cameSoFar } = await run('deploy', other, {
        shell: 'sh',
      });
      expect(output).toContain(
        'An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity',
      );
      expect(exitCode).toBeGreaterThan(0);
      expect(cameSoFar).toBe(false);
    });

    test('is refused for another audience, under bash, and stale keys do not help', async () => {
      const options = { audience: 'vault.example.com', environment: STALE };
      const { exitCode, output, cameSoFar } = await run('deploy', meantFor, options);
      expect(output).toContain(
        'An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithWebIdentity operation: Incorrect token audience',
      );
      expect(exitCode).toBeGreaterThan(0);
      expect(cameSoFar).toBe(false);
    });
  });
});

interface RunOptions {
  readonly shell?: 'bash' | 'sh';
  readonly environment?: Readonly<Record<string, string>>;
}
