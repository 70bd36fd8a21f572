import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Answers } from '../../src/answers/schema.ts';
import { checkAnswers } from '../../src/answers/check/answers.ts';
import { completeAnswers, readAnswersText } from '../../src/answers/read.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { renderBootstrap } from '../../src/render/bootstrap/bootstrap.ts';
import { readsIn, writesIn } from '../blueprint/bootstrap/needs.ts';
import { NAMES, organizationAnswers } from '../blueprint/bootstrap/pipeline.ts';
import { accountRows, parametersOfRow } from '../support/builders/accounts-table.ts';
import { committedFiles } from '../support/builders/goldens.ts';
import { VARIANTS } from '../support/builders/bootstrap-answers.ts';
import { copyOf } from './deploy/account.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { adminEnvironment } from '../support/tools/administrator.ts';
import { resolved, type Stack } from '../support/tools/cloudformation.ts';
import { LOCAL_STATE } from '../support/tools/deployment.ts';
import { IamState, type IamProvider, type IamRole } from '../support/tools/iam-state.ts';
import { awsCli, commandTool, describeWith, terraform } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';
import { terraformInit } from '../support/tools/terraform.ts';

const ACCOUNT = '123456789012';
const cfnLint = commandTool('cfn-lint', 'pip install cfn-lint');

const ALL: readonly (readonly [string, Answers])[] = [
  ['the golden', organizationAnswers()],
  ...VARIANTS,
];

/** The answers of the golden of several accounts, one of which has the ID of the stand-in for AWS. */
function accountsAnswers(name: keyof typeof IDS): Answers {
  const text = committedFiles('bootstrapped-accounts').get('gitlab-aws-oidc.yaml') ?? '';
  const own = text.replaceAll(IDS[name], ACCOUNT);
  return completeAnswers(readAnswersText(own, 'golden').draft);
}

const IDS = { dev: '111111111111', stage: '222222222222', prod: '333333333333' } as const;

let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'bootstrap-'));
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** Writes the bootstrap of answers into a folder of its own. */
function written(answers: Answers): { folder: string; template: string } {
  expect(checkAnswers(answers)).toEqual([]);
  const folder = mkdtempSync(join(scratch, 'one-'));
  const files = renderBootstrap(blueprintOf(answers));
  mkdirSync(join(folder, 'bootstrap/terraform'), { recursive: true });
  for (const [path, text] of files) writeFileSync(join(folder, path), text);
  return {
    folder: join(folder, 'bootstrap'),
    template: files.get('bootstrap/bootstrap.cfn.yaml') ?? '',
  };
}

describeWith([cfnLint], 'the template, in the eyes of cfn-lint', () => {
  test.each([...ALL, ['that of several accounts', accountsAnswers('dev')] as const])(
    '%s has no finding',
    async (_, answers) => {
      const { folder } = written(answers);
      await run('cfn-lint', ['bootstrap.cfn.yaml'], folder);
    },
  );
});

interface Role {
  readonly RoleName: string;
  readonly Path: string;
  readonly Description: string;
  readonly PermissionsBoundary?: string;
  readonly AssumeRolePolicyDocument: unknown;
  readonly Policies: readonly { readonly PolicyName: string; readonly PolicyDocument: unknown }[];
}

/** The roles of a resolved template, in the form in which the AWS CLI shows them. */
function rolesIn({ resources }: Stack): IamRole[] {
  return Object.values(resources)
    .filter(({ type }) => type === 'AWS::IAM::Role')
    .map(({ properties }) => properties as Role)
    .map((role): IamRole => ({
      name: role.RoleName,
      path: role.Path,
      description: role.Description,
      sessionDuration: 3600,
      trustPolicy: role.AssumeRolePolicyDocument,
      managedPolicies: [],
      inlinePolicies: Object.fromEntries(
        role.Policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument]),
      ),
      permissionsBoundary: role.PermissionsBoundary,
      tags: {},
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function providersIn({ resources }: Stack): IamProvider[] {
  return Object.values(resources)
    .filter(({ type }) => type === 'AWS::IAM::OIDCProvider')
    .map(({ properties }) => {
      const { Url, ClientIdList, ThumbprintList } = properties as {
        Url: string;
        ClientIdList: string[];
        ThumbprintList?: string[];
      };
      return {
        url: Url.replace('https://', ''),
        audiences: ClientIdList,
        thumbprints: ThumbprintList ?? [],
      };
    });
}

function boundariesIn({ resources }: Stack): unknown[] {
  return Object.values(resources)
    .filter(({ type }) => type === 'AWS::IAM::ManagedPolicy')
    .map(({ properties }) => {
      const { ManagedPolicyName, Path, PolicyDocument } = properties as Record<string, unknown>;
      return { ManagedPolicyName, Path, PolicyDocument };
    });
}

describeWith([moto, terraform, awsCli], 'the template and its Terraform twin, deployed', () => {
  let aws: MotoServer;

  beforeAll(async () => {
    aws = await MotoServer.start();
  });

  beforeEach(async () => {
    await aws.reset();
  });

  afterAll(async () => {
    await aws.stop();
  });

  const cli = (folder: string, answers: Answers, ...args: string[]) =>
    run('aws', args, folder, adminEnvironment(aws.url, answers.aws.region));

  /** The policies that the account has of its own: the boundary. */
  async function ownPolicies(folder: string, answers: Answers): Promise<unknown> {
    const iam = async <T>(...args: string[]) =>
      JSON.parse(await cli(folder, answers, 'iam', ...args)) as T;
    const { Policies: policies } = await iam<{
      Policies: { PolicyName: string; Path: string; Arn: string; DefaultVersionId: string }[];
    }>('list-policies', '--scope', 'Local');
    return Promise.all(
      policies.map(async ({ PolicyName, Path, Arn, DefaultVersionId }) => {
        const version = ['--policy-arn', Arn, '--version-id', DefaultVersionId];
        const { PolicyVersion } = await iam<{ PolicyVersion: { Document: unknown } }>(
          'get-policy-version',
          ...version,
        );
        return { ManagedPolicyName: PolicyName, Path, PolicyDocument: PolicyVersion.Document };
      }),
    );
  }

  async function expectDeployed(folder: string, answers: Answers, stack: Stack) {
    const iam = new IamState(aws.url, answers.aws.region);
    expect(await iam.roles()).toEqual(rolesIn(stack));
    expect(await iam.providers()).toEqual(providersIn(stack));
    expect(await ownPolicies(folder, answers)).toEqual(boundariesIn(stack));
  }

  async function initialized(folder: string): Promise<string> {
    const twin = join(folder, 'terraform');
    writeFileSync(join(twin, 'backend_override.tf'), LOCAL_STATE);
    await run('terraform', ['fmt', '-check', '-diff'], twin);
    await terraformInit(twin, { backend: true });
    return twin;
  }

  async function terraformApply(folder: string, answers: Answers, ...variables: string[]) {
    const twin = await initialized(folder);
    const arguments_ = ['apply', '-auto-approve', '-input=false', ...variables];
    await run('terraform', arguments_, twin, adminEnvironment(aws.url, answers.aws.region));
  }

  test.each(ALL)('%s: Terraform makes what the template says', async (_, answers) => {
    const { folder, template } = written(answers);
    await terraformApply(folder, answers);
    await expectDeployed(folder, answers, resolved(template, ACCOUNT));
  });

  test.each(['dev', 'stage', 'prod'] as const)(
    '%s of several accounts: Terraform makes what the template says with the values of its row',
    async (name) => {
      const answers = accountsAnswers(name);
      const { folder, template } = written(answers);
      const row = accountRows(readFileSync(join(folder, 'accounts.csv'), 'utf8')).find(
        ({ account }) => account === name,
      );
      const twin = await initialized(folder);
      await run('terraform', ['workspace', 'select', '-or-create', name], twin);
      await terraformApply(folder, answers, `-var=account=${name}`);
      await expectDeployed(
        folder,
        answers,
        resolved(template, ACCOUNT, parametersOfRow(row ?? {})),
      );
    },
  );

  test('the parameters of both do the same', async () => {
    const answers = organizationAnswers();
    const { folder, template } = written(answers);
    await terraformApply(folder, answers, '-var=create_provider=false', '-var=state_key=dev/x');
    const given = { CreateProvider: 'false', StateKey: 'dev/x' };
    await expectDeployed(folder, answers, resolved(template, ACCOUNT, given));
  });

  test('CloudFormation makes what the template says, where the account has the provider', async () => {
    const answers = organizationAnswers();
    const { folder, template } = written(answers);
    const file = ['--template-file', 'bootstrap.cfn.yaml', '--stack-name', 'bootstrap'];
    const rest = ['--capabilities', 'CAPABILITY_NAMED_IAM'];
    const parameters = ['--parameter-overrides', 'CreateProvider=false'];
    await cli(folder, answers, 'cloudformation', 'deploy', ...file, ...rest, ...parameters);
    const stack = resolved(template, ACCOUNT, { CreateProvider: 'false' });
    expect(await ownPolicies(folder, answers)).toEqual(boundariesIn(stack));
    for (const expected of rolesIn(stack)) {
      const name = ['--role-name', expected.name];
      const { Role: role } = JSON.parse(await cli(folder, answers, 'iam', 'get-role', ...name)) as {
        Role: {
          Path: string;
          AssumeRolePolicyDocument: unknown;
          PermissionsBoundary?: { PermissionsBoundaryArn: string };
        };
      };
      const policy = ['--policy-name', 'pipeline'];
      const inline = await cli(folder, answers, 'iam', 'get-role-policy', ...name, ...policy);
      const { PolicyDocument: document } = JSON.parse(inline) as { PolicyDocument: string };
      expect({
        path: role.Path,
        trustPolicy: role.AssumeRolePolicyDocument,
        boundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
        // The stand-in shows a policy of a template as Python would print it.
        pipeline: JSON.parse(document.replaceAll("'", '"')) as unknown,
      }).toEqual({
        path: expected.path,
        trustPolicy: expected.trustPolicy,
        boundary: expected.permissionsBoundary,
        pipeline: expected.inlinePolicies['pipeline'],
      });
    }
  });

  test('whatever Terraform calls to apply, change and destroy the roles is proven to be allowed', async () => {
    const answers = organizationAnswers();
    const { folder } = written(answers);
    await terraformApply(folder, answers);
    const roles = copyOf('organization', mkdtempSync(join(scratch, 'roles-')));
    const twin = join(roles, 'terraform');
    writeFileSync(join(twin, 'backend_override.tf'), LOCAL_STATE);
    await terraformInit(twin, { backend: true });
    const log = join(roles, 'log');
    const environment = {
      ...adminEnvironment(aws.url, answers.aws.region),
      TF_LOG_PROVIDER: 'DEBUG',
      TF_LOG_PATH: log,
    };
    const rest = ['-auto-approve', '-input=false'];
    await run('terraform', ['apply', ...rest], twin, environment);
    const file = join(twin, 'roles.tf');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"20"', '"21"').replace('Deploys the shop', 'Deploys'));
    await run('terraform', ['apply', ...rest], twin, environment);
    await run('terraform', ['destroy', ...rest], twin, environment);
    const called = new Set(
      [...readFileSync(log, 'utf8').matchAll(/rpc\.method=(\w+)/g)].map(
        ([, action = '']) => action,
      ),
    );
    const allowed = new Set(
      [...readsIn(NAMES), ...writesIn(NAMES)].map(([, action]) => action.replace(/^\w+:/, '')),
    );
    expect([...called]).toEqual(
      expect.arrayContaining(['CreateRole', 'UpdateAssumeRolePolicy', 'DeleteRole']),
    );
    // No permission is needed for it.
    called.delete('GetCallerIdentity');
    expect([...called].filter((action) => !allowed.has(action))).toEqual([]);
  });

  test('the script creates the StackSet, and updates it when it runs again', async () => {
    const answers = organizationAnswers();
    const { folder, template } = written(answers);
    const environment = adminEnvironment(aws.url, answers.aws.region);
    const log = await run('sh', ['-x', 'stack-set.sh'], folder, environment);
    await run('sh', ['stack-set.sh'], folder, environment);
    const name = ['--stack-set-name', 'gitlab-oidc-bootstrap'];
    const json = await cli(folder, answers, 'cloudformation', 'describe-stack-set', ...name);
    expect(log).toContain('OperationId');
    expect(JSON.parse(json)).toMatchObject({ StackSet: { TemplateBody: template } });
  });

  test('the script creates the stacks also where a run before ended without them', async () => {
    const answers = organizationAnswers();
    const { folder } = written(answers);
    const environment = adminEnvironment(aws.url, answers.aws.region);
    const cut = readFileSync(join(folder, 'stack-set.sh'), 'utf8').replace(
      'aws cloudformation create-stack-instances',
      'exit 1; $&',
    );
    await expect(run('sh', ['-c', cut, 'stack-set.sh'], folder, environment)).rejects.toThrow();
    expect(await run('sh', ['stack-set.sh'], folder, environment)).toContain('OperationId');
  });

  test('the script gives each of several accounts what its row says', async () => {
    const { folder } = written(accountsAnswers('dev'));
    const log = join(folder, 'log');
    const commands = join(folder, 'commands');
    mkdirSync(commands);
    const real = (await run('sh', ['-c', 'command -v aws'], folder)).trim();
    const recorder = `#!/bin/sh\nprintf '%s\\n' "$*" >> '${log}'\nexec '${real}' "$@"\n`;
    writeFileSync(join(commands, 'aws'), recorder, { mode: 0o755 });
    const environment = {
      ...adminEnvironment(aws.url),
      PATH: [commands, process.env['PATH'] ?? ''].join(delimiter),
    };
    await run('sh', ['stack-set.sh'], folder, environment);
    const calls = readFileSync(log, 'utf8').split('\n');
    const updates = calls.filter((call) => call.includes(' update-stack-instances '));
    const overrides = updates.map((call) => {
      const [, id = '', json = ''] =
        /Accounts=(\d+),.* --parameter-overrides (\[.*\])/.exec(call) ?? [];
      const given = JSON.parse(json) as { ParameterKey: string; ParameterValue: string }[];
      return [
        id,
        ...given.map(({ ParameterKey, ParameterValue }) => `${ParameterKey}=${ParameterValue}`),
      ];
    });
    const key = (name: string) => `StateKey=aws-access/${name}/terraform.tfstate`;
    expect(overrides).toEqual([
      [ACCOUNT, 'CreateProvider=true', key('dev'), 'BoundaryArn='],
      [IDS.stage, 'CreateProvider=false', key('stage'), 'BoundaryArn='],
      [
        IDS.prod,
        'CreateProvider=true',
        key('prod'),
        `BoundaryArn=arn:aws:iam::${IDS.prod}:policy/security/ci-boundary`,
      ],
    ]);
    // The first waits for the stacks; the StackSet runs what conflicts one after the other.
    expect(calls.some((call) => call.includes(' describe-stack-set-operation '))).toBe(true);
    expect(calls.some((call) => call.includes('--managed-execution Active=true'))).toBe(true);
  });
});
