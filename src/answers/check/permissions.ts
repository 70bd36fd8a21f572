import { shown } from '../../text/flaw.ts';
import { checkManagedPolicy, managedPolicyArn, type Partition } from '../../iam/arn.ts';
import { checkInlinePolicy } from '../../iam/inline-policy.ts';
import { givenPacks } from '../../permissions/packs.ts';
import { QUOTAS } from '../../iam/quotas.ts';
import { checkPolicyName } from '../../iam/role-fields.ts';
import type { Answers, Permissions } from '../schema.ts';
import { type At, checkList, within } from '../../text/collect.ts';

/** What a role may do. */
export function checkPermissions(
  permissions: Permissions,
  partition: Partition,
  answers: Answers,
  at: At,
): void {
  for (const { key, pack, options } of givenPacks(permissions)) {
    pack.check(options, (where) => at(where === '' ? key : `${key}.${where}`));
  }
  const { managed_policies, inline_policies } = permissions;
  checkList(
    managed_policies,
    (name) => managedPolicyArn(partition, name),
    (name) => checkManagedPolicy(partition, name, answers.aws.account_id),
    within(at, 'managed_policies'),
  );
  const limit = answers.aws.quotas?.managed_policies ?? QUOTAS.managedPolicies;
  if (managed_policies && managed_policies.length > limit) {
    at('managed_policies')({
      what: `there are ${managed_policies.length}; a role can have ${limit}`,
      fix: `Use fewer, or set aws.quotas.managed_policies to what AWS has raised it to, at most ${QUOTAS.managedPoliciesMax}`,
    });
  }
  const admin = managed_policies?.find((policy) => /(^|\/)AdministratorAccess$/.test(policy));
  if (admin !== undefined && !permissions.accept_administrator) {
    at('managed_policies')({
      what: `${shown(admin)} lets every job that assumes the role do anything in the account`,
      fix: 'Use a narrower policy, or say yes with accept_administrator: true',
      flagFix: 'Use a narrower policy, or say yes with --accept-administrator',
    });
  }
  checkList(
    inline_policies,
    ({ name }) => name,
    ({ name }) => checkPolicyName(name),
    (where) => at(`inline_policies${where}.name`),
  );
  inline_policies?.forEach(({ policy }, i) => {
    at(`inline_policies[${i}].policy`)(checkInlinePolicy(policy));
  });
}
