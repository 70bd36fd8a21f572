import type { Blueprint } from '../blueprint/blueprint.ts';
import { hasOwnForms } from '../blueprint/subject-forms.ts';
import { QUOTAS } from '../iam/quotas.ts';

/** What AWS or GitLab says when a sign-in fails, and what it means here. */
export interface Trouble {
  readonly message: string;
  readonly cause: string;
}

/**
 * The messages that can come up with this blueprint.
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
      cause: `the job's project, branch or tag is not in the table above (letter case counts; a tag is no branch; a fork is another project), the project was renamed${
        isGitlabCom ? ', its id or ref protection differs' : ''
      }${hasOwnForms(blueprint) ? ', its subject was not set in GitLab' : ''}${
        roles.some(({ environment }) => environment)
          ? ', the job has no environment of the kind asked for'
          : ''
      }, or the role ARN is wrong`,
    },
    {
      message: `No OpenIDConnect provider found in your account for ${url}`,
      cause: 'this was not deployed to that account, or the account or partition is another',
    },
    {
      message: 'Incorrect token audience',
      cause: `the job asks for another aud than ${audience}${
        provider.mode === 'existing' ? ', or the existing provider does not list it' : ''
      }`,
    },
    {
      message: "Couldn't retrieve verification key from your identity provider",
      cause: isGitlabCom
        ? 'AWS could not reach GitLab at that moment; run the job again'
        : `AWS must reach ${url}/.well-known/openid-configuration and the keys it names from the internet, within 5 seconds; if it does, run the job again`,
    },
    !isGitlabCom && {
      message: "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
      cause: `the certificate is of a private CA that ${
        provider.mode === 'create' ? 'provider.thumbprints' : 'the existing provider'
      } does not list, or the CA has changed`,
    },
    {
      message: 'ExpiredTokenException',
      cause:
        'the ID token was used after the job timeout, or after 5 minutes where the job has none',
    },
    script && {
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration',
      cause: 'AWS_ROLE_DURATION is set to more than the role allows',
    },
    provider.mode === 'create' && {
      message: `EntityAlreadyExists: Provider with url ${url} already exists.`,
      cause: 'another stack made the provider: set provider.mode: existing, or import it',
    },
    {
      message: 'Cannot exceed quota for ACLSizePerRole: 2048',
      cause:
        trustPolicyQuota > QUOTAS.trustPolicy
          ? `AWS has not raised the quota to ${trustPolicyQuota}, which aws.quotas.trust_policy says`
          : 'a trust policy was edited by hand and is too long now',
    },
    {
      message:
        "ID token issuance is disabled in CI because this project's path was previously used",
      cause: 'GitLab 19.1 and newer: give the project a subject that begins with project_id',
    },
    {
      message: 'AWS_ROLE_ARN is …',
      cause: 'the job extends no role, or a variable in the ARN is protected and the ref is not',
    },
    cdk?.hasNativePart && {
      message: "Cannot find module '../build/Release/pty.node'",
      cause:
        'on a laptop: a part of cdktf-cli is missing for this version of Node; run npm rebuild, or use Node 20',
    },
    cdk && {
      message: 'ProfileNotFound',
      cause: 'on a laptop: AWS_PROFILE names a profile that is not there',
    },
  ];
  return troubles.flatMap((trouble) => trouble || []);
}
