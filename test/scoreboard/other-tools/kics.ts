import { listOf } from '../policies.ts';
import { allows, type OtherTool, permissionsOf, principalsOf } from './tool.ts';

/** None of its queries on roles looks at a Federated principal or at a condition. */
export const kics: OtherTool = {
  name: 'KICS',
  sources: [
    'Checkmarx/kics, assets/queries/terraform/aws/iam_role_allows_all_principals_to_assume/query.rego, commit 67b6b17, with the function of assets/libraries/common.rego that it calls',
    'Checkmarx/kics, assets/queries/terraform/aws/iam_role_policy_passrole_allows_all/query.rego, commit 2cf7ffa',
  ],
  scope:
    'account roots among the AWS principals, and iam:PassRole; newer versions may also look at a missing `sub` and a wildcard in the first segment of a path, but no copy of those rules could be read here',
  rules: [
    {
      id: 'iam_role_allows_all_principals_to_assume',
      says: 'open',
      when: ({ trust }) =>
        allows(trust).some((statement) =>
          principalsOf(statement, 'AWS').some(
            (one) => one.includes('arn:aws:iam::') && one.includes(':root'),
          ),
        ),
    },
    {
      id: 'iam_role_policy_passrole_allows_all',
      says: 'open',
      when: (policy) =>
        permissionsOf(policy).some(
          ({ Action, Resource }) =>
            listOf(Action).some((action) => action.toLowerCase() === 'iam:passrole') &&
            listOf(Resource).includes('*'),
        ),
    },
  ],
};
