import { accountOf, ANY_ACCOUNT } from '../../iam/arn.ts';
import type { TargetType } from '../../iam/escalation/paths.ts';
import { FRESH } from './glob.ts';
import { decide, type ForAction, forAction, type Policies } from './policies.ts';
import type { KnownKeys, PolicyRule } from './rule.ts';
import { any, type Value } from './value.ts';

/** A type of IAM resource. */
type IamType = Exclude<TargetType, 'none'>;

/** How sure it is that an action is allowed on every resource of a type in an account: on one that no policy names. */
export function everyOneOf(
  policies: Policies,
  action: string,
  type: IamType,
  known: KnownKeys,
): Value {
  const rules = forAction(policies, action);
  return any(
    accountsOf(policies, action, rules).map((account) =>
      decide(rules, `arn:${policies.partition}:iam::${account}:${type}/${FRESH}`, known),
    ),
  );
}

/** How sure it is that an action is allowed on one resource of the role's account, given as `role/path/name`. */
export function onOne(policies: Policies, action: string, tail: string): Value {
  const rules = forAction(policies, action);
  return any(
    accountsOf(policies, action, rules).map((account) =>
      decide(rules, `arn:${policies.partition}:iam::${account}:${tail}`, policies.known),
    ),
  );
}

/** Only a role can be assumed in another account. Where the role's own is not known, it may be any that a policy names. */
function accountsOf(
  { account }: Policies,
  action: string,
  { allows, boundary, service }: ForAction,
): readonly string[] {
  if (account !== ANY_ACCOUNT && action !== 'sts:AssumeRole') return [account];
  const named = (rules: readonly PolicyRule[]) =>
    rules.flatMap(({ resources }) => resources.flatMap((one) => accountOf(one) ?? []));
  const all = [
    ...named(allows),
    ...(typeof boundary === 'object' ? named(boundary) : []),
    ...service.flatMap(named),
  ];
  return [...new Set([FRESH, account, ...all])];
}
