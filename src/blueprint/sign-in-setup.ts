import type { SignInSetup } from '../iam/messages/message.ts';
import type { Blueprint } from './blueprint.ts';
import { formOfProject, hasOwnForms } from './subject-forms.ts';

/** What the messages about a sign-in depend on, for the repository of this blueprint. */
export function signInSetupOf(blueprint: Blueprint): SignInSetup {
  const { ci, issuer, cdk } = blueprint;
  const { provider, trustPolicyQuota } = blueprint.stacks[0];
  const grants = blueprint.stacks.flatMap(({ roles }) => roles.flatMap((role) => role.grants));
  return {
    instanceUrl: issuer.instanceUrl,
    issuerUrl: issuer.url,
    audience: issuer.audience,
    isGitlabCom: issuer.isGitlabCom,
    provider: provider.mode,
    asksDuration: ci.credentials !== 'web-identity',
    customSubjects: hasOwnForms(blueprint),
    hasPathSubjects:
      ci.credentials !== 'legacy-jwt' &&
      grants.some(({ path }) => formOfProject(blueprint, path)?.[0] !== 'project_id'),
    requiresEnvironment: blueprint.stacks.some(({ roles }) =>
      roles.some(({ environment }) => environment),
    ),
    trustPolicyQuota,
    cdk: cdk && { hasNativePart: cdk.hasNativePart },
  };
}
