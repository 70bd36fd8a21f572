import type { SignInSetup } from '../iam/messages/message.ts';
import type { Blueprint } from './blueprint.ts';
import { jobOfRole } from './jobs.ts';
import { formOfProject, hasOwnForms } from './subject-forms.ts';

/** What the messages about a sign-in depend on, for the repository of this blueprint. */
export function signInSetupOf(blueprint: Blueprint): SignInSetup {
  const { ci, issuer, cdk, stacks } = blueprint;
  const [{ name, trustPolicyQuota }] = stacks;
  const grants = stacks.flatMap(({ roles }) => roles.flatMap((role) => role.grants));
  return {
    instanceUrl: issuer.instanceUrl,
    issuerUrl: issuer.url,
    audience: issuer.audience,
    isGitlabCom: issuer.isGitlabCom,
    provider: stacks.some(({ provider }) => provider.mode === 'create') ? 'create' : 'existing',
    hasAccounts: name !== undefined,
    hasVariableArn: stacks.some(({ aws }) => aws.accountId === undefined),
    roleJob: jobOfRole(ci.jobPrefix, name === undefined ? undefined : 'ACCOUNT', 'NAME'),
    asksDuration: ci.credentials !== 'web-identity',
    customSubjects: hasOwnForms(blueprint),
    hasPathSubjects:
      ci.credentials !== 'legacy-jwt' &&
      grants.some(({ path }) => formOfProject(blueprint, path)?.[0] !== 'project_id'),
    requiresEnvironment: stacks.some(({ roles }) => roles.some(({ environment }) => environment)),
    trustPolicyQuota,
    cdk: cdk && { hasNativePart: cdk.hasNativePart },
  };
}
