import { shown } from '../../text/flaw.ts';
import { checkManagedPolicy, managedPolicyArn, type Partition } from '../../iam/arn.ts';
import { checkInlinePolicy } from '../../iam/inline-policy.ts';
import {
  checkBucket,
  checkEcrRepository,
  checkSecretPrefix,
  checkStateKey,
} from '../../permissions/fields.ts';
import { QUOTAS } from '../../iam/quotas.ts';
import { checkPolicyName, checkTags } from '../../iam/role-fields.ts';
import type { Answers, Permissions } from '../schema.ts';
import { type At, ifGiven, checkList, itself, within } from './collect.ts';

/** What a role may do. */
export function checkPermissions(
  permissions: Permissions,
  partition: Partition,
  answers: Answers,
  at: At,
): void {
  const { s3, ec2, secrets_manager, ecr_push, terraform_state, managed_policies, inline_policies } =
    permissions;
  for (const access of ['read', 'write'] as const) {
    checkList(s3?.[access], itself, checkBucket, within(at, `s3.${access}`));
    checkList(
      secrets_manager?.[access],
      itself,
      checkSecretPrefix,
      within(at, `secrets_manager.${access}`),
    );
  }
  for (const [key, pack] of Object.entries({ s3, secrets_manager })) {
    if (pack && !pack.read && !pack.write) {
      at(key)({ what: 'it permits nothing', fix: 'Give read, write or both, or leave it out' });
    }
  }
  checkList(
    ecr_push?.repositories,
    itself,
    checkEcrRepository,
    within(at, 'ecr_push.repositories'),
  );
  if (terraform_state) {
    at('terraform_state.bucket')(checkBucket(terraform_state.bucket));
    at('terraform_state.key')(checkStateKey(terraform_state.key));
  }
  if (ec2) {
    if (ec2.access === 'write' && Object.keys(ec2.tags ?? {}).length === 0) {
      at('ec2.tags')({
        what: 'starting and stopping instances needs at least one tag that they carry',
        fix: 'Give tags, or access: read',
      });
    }
    if (ec2.access === 'read' && ec2.tags) {
      at('ec2.tags')({
        what: 'EC2 cannot limit by tag which instances are seen',
        fix: 'Leave tags out, or give access: write',
      });
    }
    ifGiven(ec2.tags, checkTags, at('ec2.tags'));
  }
  checkList(
    managed_policies,
    (name) => managedPolicyArn(partition, name),
    (name) => checkManagedPolicy(partition, name, answers.aws.account_id),
    within(at, 'managed_policies'),
  );
  const limit = answers.aws.quotas?.managed_policies ?? QUOTAS.managedPolicies;
  if (managed_policies && managed_policies.length > limit) {
    at('managed_policies')({
      what: `there are ${managed_policies.length}; a role takes ${limit}`,
      fix: `Use fewer, or set aws.quotas.managed_policies to what AWS has raised it to, at most ${QUOTAS.managedPoliciesMax}`,
    });
  }
  const admin = managed_policies?.find((policy) => /(^|\/)AdministratorAccess$/.test(policy));
  if (admin !== undefined && !permissions.accept_administrator) {
    at('managed_policies')({
      what: `${shown(admin)} lets every job that assumes the role do anything in the account`,
      fix: 'Use a narrower policy, or say yes with accept_administrator: true (flag --accept-administrator)',
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
