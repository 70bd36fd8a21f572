import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolesCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { parse } from 'yaml';
import type { Fix } from '../../../src/iam/messages/fix.ts';
import type { AwsLines } from './aws-lines.ts';
import { assumeRole } from '../stand-ins/assume-role.ts';
import { type Claims, claimsOf, type Pipeline } from '../builders/id-token-claims.ts';
import type { Issuer, TokenOptions } from '../stand-ins/issuer.ts';

type Variables = Readonly<Record<string, string>>;

/** Everything that a sign-in depends on. */
export interface SignIn {
  /** The OIDC providers of the account. */
  readonly providers: readonly {
    readonly url: string;
    readonly audiences: readonly string[];
    readonly thumbprints: readonly string[];
  }[];
  readonly trust: object;
  /** Seconds. */
  readonly longest: number;
  readonly role: string;
  /** The variables of the job, besides those of GitLab. */
  readonly variables: Variables;
  /** Protected CI/CD variables: a job on an unprotected ref does not have them. */
  readonly hidden: Variables;
  /** `aud` of the job's `id_tokens`; none for the old CI_JOB_JWT. */
  readonly audience: string | undefined;
  readonly issuer: Issuer;
  readonly pipeline: Pipeline;
  readonly claims: Claims;
  readonly token: TokenOptions;
}

/** An account at AWS with one role. */
export async function deploy(aws: string, { providers, trust, longest, role }: SignIn) {
  const credentials = { accessKeyId: 'admin', secretAccessKey: 'admin' };
  const iam = new IAMClient({ endpoint: aws, region: 'us-east-1', credentials });
  await clear(iam, role);
  for (const { url, audiences, thumbprints } of providers) {
    await iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: url,
        ClientIDList: [...audiences],
        ThumbprintList: [...thumbprints],
      }),
    );
  }
  await iam.send(
    new CreateRoleCommand({
      RoleName: role,
      AssumeRolePolicyDocument: JSON.stringify(trust),
      MaxSessionDuration: longest,
    }),
  );
  iam.destroy();
}

async function clear(iam: IAMClient, role: string) {
  const { OpenIDConnectProviderList: old } = await iam.send(
    new ListOpenIDConnectProvidersCommand(),
  );
  for (const { Arn } of old ?? []) {
    await iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: Arn }));
  }
  const { Roles: roles } = await iam.send(new ListRolesCommand());
  if (roles?.some(({ RoleName }) => RoleName === role)) {
    await iam.send(new DeleteRoleCommand({ RoleName: role }));
  }
}

/** The environment of the job, token included. */
export async function jobOf(signIn: SignIn): Promise<Record<string, string>> {
  const { pipeline, issuer, audience, hidden, variables } = signIn;
  const claims: Claims = { ...claimsOf(pipeline), ...signIn.claims };
  const text = (name: string) => String(claims[name]);
  const token = await issuer.token(claims, { ...signIn.token, audience: audience ?? null });
  return {
    GITLAB_CI: 'true',
    CI_SERVER_URL: issuer.url,
    CI_PROJECT_ID: text('project_id'),
    CI_PROJECT_PATH: text('project_path'),
    CI_JOB_ID: text('job_id'),
    CI_COMMIT_REF_NAME: text('ref'),
    CI_COMMIT_REF_PROTECTED: text('ref_protected'),
    ...(pipeline.isProtected ? hidden : {}),
    ...variables,
    AWS_ID_TOKEN: token,
  };
}

/** What the job's sign-in gives: the session's ARN, or the words of AWS or of its CLI. */
export async function signInOf(sts: string, job: Variables): Promise<string> {
  const { AWS_ROLE_ARN: role, AWS_ROLE_SESSION_NAME: session = '', AWS_ID_TOKEN: token = '' } = job;
  const duration = job['AWS_ROLE_DURATION'];
  if (role && job['AWS_PROFILE'] === undefined) {
    return assumeRole(sts, {
      role,
      token,
      session,
      ...(duration === undefined ? {} : { duration: Number(duration) }),
    });
  }
  const words = [
    ...['sts', 'assume-role-with-web-identity', '--role-arn', ...(role ? [role] : [])],
    ...['--role-session-name', session, '--web-identity-token', token],
    ...['--query', 'AssumedRoleUser.Arn', '--output', 'text'],
  ];
  return withAws(sts, job, 'aws', words);
}

const run = promisify(execFile);

/** What the CLI says of itself, without having asked AWS, by all that it was given but the token. */
const refusals = new Map<string, string>();

async function withAws(aws: string, env: Variables, command: string, words: readonly string[]) {
  const token = env['AWS_ID_TOKEN'] ?? '';
  const given = JSON.stringify([aws, env, command, words]).replaceAll(token, '');
  const refusal = refusals.get(given);
  if (refusal !== undefined) return refusal;
  const path = process.env['PATH'] ?? '';
  const own = { AWS_ENDPOINT_URL: aws, AWS_DEFAULT_REGION: 'eu-west-1', ...env, PATH: path };
  try {
    return (await run(command, [...words], { env: own })).stdout.trim();
  } catch (error) {
    const message = (error as { stderr: string }).stderr.trim();
    if (!message.includes('An error occurred')) refusals.set(given, message);
    return message;
  }
}

/**
 * Does what a fix says, as far as it is not done in AWS itself.
 *
 * @param moved the issuer that stands in where GitLab is configured to use another address
 */
export async function applied(
  { place, change = '' }: Fix,
  signIn: SignIn,
  aws: AwsLines,
  moved: Issuer,
): Promise<SignIn> {
  const fresh = { ...signIn, token: {} };
  if (place === 'aws') {
    await aws.run(change);
    return signIn;
  }
  if (place === 'ci') return withLines(fresh, parse(change) as CiLines);
  if (place === 'shell') return withShell(signIn, change);
  if (/ci_id_tokens_issuer_url/.test(change)) return { ...fresh, issuer: moved };
  if (/\/protected_(branches|tags)/.test(change)) {
    return { ...fresh, pipeline: { ...signIn.pipeline, isProtected: true } };
  }
  if (/\/variables\/AWS_ROLE_ARN/.test(change)) {
    return { ...fresh, variables: { ...signIn.variables, ...signIn.hidden } };
  }
  const components = [...change.matchAll(/sub_claim_components\[\]=(\w+)/g)].map(
    ([, one = '']) => one,
  );
  if (components.length === 0) return fresh;
  return { ...fresh, pipeline: { ...signIn.pipeline, subComponents: components } };
}

interface CiLines {
  readonly id_tokens?: { readonly AWS_ID_TOKEN: { readonly aud: string } };
  readonly variables?: Variables;
}

function withLines(signIn: SignIn, { id_tokens: tokens, variables }: CiLines): SignIn {
  return {
    ...signIn,
    audience: tokens?.AWS_ID_TOKEN.aud ?? signIn.audience,
    variables: { ...signIn.variables, ...variables },
  };
}

/** Runs the lines in a job's shell, and sees what they leave. */
async function withShell(signIn: SignIn, lines: string): Promise<SignIn> {
  const { stdout } = await run('sh', ['-ec', `${lines}\nenv`], {
    env: {
      ...signIn.variables,
      CI_PROJECT_ID: '20',
      CI_JOB_ID: '302',
      PATH: process.env['PATH'] ?? '',
    },
  });
  const left = Object.fromEntries(
    stdout
      .split('\n')
      .map((line): [string, string] => [
        line.split('=')[0] ?? '',
        line.slice(line.indexOf('=') + 1),
      ])
      .filter(([name]) => name.startsWith('AWS_')),
  );
  return { ...signIn, variables: left };
}
