import { NO_ORGANIZATION } from '../../access/reach/organization.ts';
import { allowedByOne, policiesOf } from '../../access/reach/policies.ts';
import type { AttachedPolicy } from '../../access/role-context.ts';
import { ANY_ACCOUNT } from '../../iam/arn.ts';
import { isPlainlyHarmless } from '../../iam/escalation/harmless.ts';
import { isPowerfulPolicy } from '../../iam/escalation/managed-policies.ts';
import type { TrustPolicy } from '../../iam/evaluate/policy.ts';
import type { LintContext } from '../lint-context.ts';
import {
  administratorOf,
  type EditOfItself,
  editsOf,
  type HowSure,
  type Opened,
  opensOf,
} from './opened.ts';

/**
 * A policy of the role that may be of interest, and what it lets the role do: less what the role's other policies deny, and
 * within its boundary, SCPs and RCPs.
 */
export interface Attached {
  /** Its place among the policies of the role. */
  readonly at: number;
  readonly policy: AttachedPolicy;
  /** Published paths whose first need it allows, the surest first. */
  readonly opens: readonly Opened[];
  /** That it makes the role an administrator, of which whatever it opens is part. */
  readonly administrator?: HowSure;
  /** Actions on permissions or trust that it allows on the role itself, the surest first. */
  readonly editsItself: readonly EditOfItself[];
}

/** Nothing where none of the policies can be of interest to any rule. */
export function readAttached(trust: TrustPolicy, context: LintContext): Attached[] {
  const { attachedPolicies = [], boundary, roleArn, tags, organization } = context;
  if (attachedPolicies.every(isHarmless)) return [];
  const policies = policiesOf(
    {
      key: { account: context.account ?? ANY_ACCOUNT, name: context.roleName ?? '' },
      trust,
      policies: attachedPolicies,
      ...(roleArn !== undefined && { arn: roleArn }),
      ...(boundary && { boundary }),
      ...(tags && { tags }),
    },
    organization ?? NO_ORGANIZATION,
  );
  return attachedPolicies.flatMap((policy, at) => {
    if (isHarmless(policy)) return [];
    const own = allowedByOne(policies, at);
    const opens = opensOf(policies, own, context);
    // All that is known of a policy of AWS whose document is not known is that it runs code.
    return policies.each[at] === undefined
      ? [{ at, policy, opens: opens.filter(({ path }) => path.kind === 'runs'), editsItself: [] }]
      : [
          {
            at,
            policy,
            opens,
            editsItself: editsOf(own, context),
            ...administratorOf(own, opens, context),
          },
        ];
  });
}

function isHarmless({ arn, document }: AttachedPolicy): boolean {
  return isPlainlyHarmless(document) && (arn === undefined || !isPowerfulPolicy(arn));
}
