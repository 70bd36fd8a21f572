import {
  allows,
  conditionsOf,
  isAdministrator,
  oidcHosts,
  type OtherTool,
  statementsOf,
} from './tool.ts';

const GITHUB = 'token.actions.githubusercontent.com';

/** Its rule on subjects is for GitHub alone. */
export const prowler: OtherTool = {
  name: 'Prowler',
  sources: [
    'prowler-cloud/prowler, prowler/providers/aws/services/iam/iam_role_github_oidc_trust_subject_restricted, commit b2998da',
    'prowler-cloud/prowler, prowler/providers/aws/services/iam/iam_role_administratoraccess_policy, commit 22fbc7f',
  ],
  scope: 'AdministratorAccess, and the subjects of GitHub',
  rules: [
    { id: 'iam_role_administratoraccess_policy', says: 'open', when: isAdministrator },
    {
      id: 'iam_role_github_oidc_trust_subject_restricted',
      says: 'open',
      when: ({ trust }) =>
        allows(trust)
          .filter((statement) => oidcHosts(statement).some((host) => host.startsWith(GITHUB)))
          .some((statement) => {
            const subjects = conditionsOf(statement).filter(({ key }) => key === `${GITHUB}:sub`);
            const isStrict = subjects.every(
              ({ operator }) => !/^ForAllValues:|IfExists$/.test(operator),
            );
            const values = subjects.flatMap((one) => one.values);
            return (
              !isStrict ||
              values.length === 0 ||
              !values.every((value) => /^repo:[^*?/:]+\//.test(value))
            );
          }),
    },
    {
      // What its rules on privilege escalation say of an inline policy was not read.
      id: 'iam_inline_policy_allows_privilege_escalation',
      says: 'cannot say',
      when: ({ policies = [] }) =>
        policies.some(
          ({ document }) =>
            document && statementsOf(document).some(({ Action }) => Action === 'iam:PassRole'),
        ),
    },
  ],
};
