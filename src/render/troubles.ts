import type { Blueprint } from '../blueprint/blueprint.ts';
import { hasOwnForms } from '../blueprint/subject-forms.ts';
import { QUOTAS } from '../iam/quotas.ts';

/** A message of AWS, GitLab or a tool, and what causes it in this repository. */
export interface Trouble {
  readonly message: string;
  readonly cause: string;
}

/**
 * The messages that can appear with this blueprint.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors
 */
export function troublesOf(blueprint: Blueprint): Trouble[] {
  const { ci, issuer, cdk } = blueprint;
  const { provider, roles, trustPolicyQuota } = blueprint.stacks[0];
  const { url, audience, isGitlabCom } = issuer;
  const script = ci.credentials !== 'web-identity';
  const troubles: (Trouble | false | undefined)[] = [
    {
      message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
      cause: `the job's project, branch or tag is not in the Access table (case matters, a tag is not a branch, a fork is a different project), the project was renamed${
        isGitlabCom ? ', its ID or the protection of the ref does not match' : ''
      }${hasOwnForms(blueprint) ? ', its subject is not set in GitLab (see gitlab/settings.md)' : ''}${
        roles.some(({ environment }) => environment)
          ? ', the job does not have the required environment'
          : ''
      }, or the role ARN is wrong`,
    },
    {
      message: `No OpenIDConnect provider found in your account for ${url}`,
      cause:
        'this repository is not deployed to the account of the role, or the role ARN names the wrong account or partition',
    },
    {
      message: 'Incorrect token audience',
      cause: `the aud of the job's ID token is not ${audience}${
        provider.mode === 'existing' ? ', or the existing provider does not list it' : ''
      }`,
    },
    {
      message: "Couldn't retrieve verification key from your identity provider",
      cause: isGitlabCom
        ? 'AWS could not reach GitLab at that moment: run the job again'
        : `AWS could not read ${url}/.well-known/openid-configuration, or the keys it names, over the internet within 5 seconds: make both reachable, or run the job again if they are`,
    },
    !isGitlabCom && {
      message: "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
      cause: `the certificate is from a private CA that ${
        provider.mode === 'create' ? 'provider.thumbprints' : 'the existing provider'
      } does not list, or the CA has changed`,
    },
    {
      message: 'ExpiredTokenException',
      cause:
        'the ID token was used after the job timeout, or after 5 minutes if the job has no timeout',
    },
    script && {
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration',
      cause: 'AWS_ROLE_DURATION is longer than the role allows',
    },
    provider.mode === 'create' && {
      message: `EntityAlreadyExists: Provider with url ${url} already exists.`,
      cause: 'the account already has this provider: set provider.mode: existing, or import it',
    },
    {
      message: 'Cannot exceed quota for ACLSizePerRole: 2048',
      cause:
        trustPolicyQuota > QUOTAS.trustPolicy
          ? `the quota of the account is lower than aws.quotas.trust_policy (${trustPolicyQuota}): request an increase, or lower the answer`
          : 'a trust policy that was edited by hand is too long',
    },
    {
      message:
        "ID token issuance is disabled in CI because this project's path was previously used",
      cause: 'GitLab 19.1 and newer: set a subject for the project that begins with project_id',
    },
    {
      message: 'AWS_ROLE_ARN is …',
      cause:
        'the job does not extend the job of a role, or a CI/CD variable in the ARN is protected and the ref is not',
    },
    cdk?.hasNativePart && {
      message: "Cannot find module '../build/Release/pty.node'",
      cause: 'cdktf-cli is not built for this version of Node: run npm rebuild, or use Node 20',
    },
    cdk && {
      message: 'ProfileNotFound',
      cause: 'AWS_PROFILE names a profile that does not exist on this machine',
    },
  ];
  return troubles.flatMap((trouble) => trouble || []);
}
