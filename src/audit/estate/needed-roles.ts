import { accountOf } from '../../iam/arn.ts';
import { successors } from '../chains/chains.ts';
import type { EstateRole } from './estate-role.ts';

/**
 * The roles of accounts that an audit needs, given all of them: those that trust a GitLab, and those that such a role, or one of
 * another account, can become. Nothing that is reported depends on the others, and most roles are of that kind.
 */
export function neededRoles(roles: readonly EstateRole[]): ReadonlySet<EstateRole> {
  const open = roles.filter(isEntry);
  const needed = new Set(open);
  const next = successors(roles);
  for (let role = open.pop(); role; role = open.pop())
    for (const { to } of next(role)) {
      if (needed.has(to)) continue;
      needed.add(to);
      open.push(to);
    }
  return needed;
}

/** Whether it may be assumed by anybody but a role of its account. */
function isEntry({ arn, gitlab, providerArns, trust }: EstateRole): boolean {
  if (gitlab !== undefined || providerArns.length > 0) return true;
  const own = accountOf(arn);
  return trust.some(
    ({ effect, principals, negated }) =>
      effect === 'Allow' &&
      (negated || principals.some((one) => one !== own && accountOf(one) !== own)),
  );
}
