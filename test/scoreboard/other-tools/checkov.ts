import { listOf, type Statement } from '../policies.ts';
import {
  statementsOf,
  allows,
  conditionsOf,
  isAdministrator,
  oidcHosts,
  type OtherTool,
  permissionsOf,
  principalsOf,
} from './tool.ts';

const GITHUB = 'token.actions.githubusercontent.com';
const OWNER_AND_REPOSITORY = /^[\w.${}@-]+\/[^/]+/;
const FORGEABLE = ['workflow', 'environment', 'ref', 'context', 'head_ref', 'base_ref'];

/** Its rules on conditions of a trust policy are for GitHub alone. */
export const checkov: OtherTool = {
  name: 'checkov',
  sources: [
    'bridgecrewio/checkov, checkov/terraform/checks/resource/aws/IAMRoleAllowsPublicAssume.py (CKV_AWS_60), commit 019c139',
    'bridgecrewio/checkov, checkov/terraform/checks/resource/aws/IAMRoleAllowAssumeFromAccount.py (CKV_AWS_61), commit 146af29',
    'bridgecrewio/checkov, checkov/terraform/checks/resource/aws/IAMManagedAdminPolicy.py (CKV_AWS_274), commit 04c9c28',
    'bridgecrewio/checkov, checkov/terraform/checks/resource/aws/GithubActionsOIDCTrustPolicyOnRole.py (CKV_AWS_393; CKV_AWS_358 is the same for policy documents), commit 2acca65, and checkov/common/util/oidc_utils.py, commit 6941f6f',
  ],
  scope: 'AWS principals, AdministratorAccess, and the subjects of GitHub',
  rules: [
    {
      id: 'CKV_AWS_60',
      says: 'open',
      when: ({ trust }) =>
        allows(trust).some((statement) => principalsOf(statement, 'AWS').includes('*')),
    },
    {
      id: 'CKV_AWS_61',
      says: 'open',
      when: ({ trust }) =>
        allows(trust).some((statement) =>
          principalsOf(statement, 'AWS').some((one) =>
            /^(\d{12}|arn:aws:iam::\d{12}:root)/.test(one),
          ),
        ),
    },
    { id: 'CKV_AWS_274', says: 'open', when: isAdministrator },
    {
      id: 'CKV_AWS_393',
      says: 'open',
      when: ({ trust }) => statementsOf(trust).slice(0, 1).some(isLooseGithub),
    },
    {
      // What its rules on permissions say of this was not read.
      id: 'rules on inline policies',
      says: 'cannot say',
      when: (policy) =>
        permissionsOf(policy).some(({ Resource }) => listOf(Resource).includes('*')),
    },
  ],
};

/** The rule ends at the first statement: that of another provider passes, whatever follows. */
function isLooseGithub(statement: Statement): boolean {
  if (!oidcHosts(statement).some((host) => host.startsWith(GITHUB))) return false;
  const [subject] = conditionsOf(statement).filter(({ key }) => key === `${GITHUB}:sub`);
  const [claim = '', value, ...rest] = (subject?.values[0] ?? '*').split(':');
  if (value === undefined || value === '*') return true;
  if (FORGEABLE.some((one) => claim.startsWith(one))) return true;
  return claim === 'repo' && rest.length >= 0 && !OWNER_AND_REPOSITORY.test(value);
}
