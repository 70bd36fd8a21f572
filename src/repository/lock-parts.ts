import * as v from 'valibot';
import type { PlacedRole, Placement } from '../blueprint/parts/placement.ts';
import { QUOTAS } from '../iam/quotas.ts';

/**
 * The parts of roles as the lock file has them. It may come with a clone, so its author may have written anything: a
 * name that is not in the answers is passed over, and no number is above that of roles in an account.
 */
export const PartsSchema = v.array(
  v.strictObject({
    role: v.string(),
    accounts: v.optional(v.array(v.string())),
    parts: v.record(
      v.pipe(
        v.string(),
        v.regex(/^[1-9]\d{0,3}$/),
        v.check((number) => Number(number) <= QUOTAS.rolesMax),
      ),
      v.array(v.string()),
    ),
  }),
);

type Written = v.InferInput<typeof PartsSchema>;

/** What is to be remembered: the roles that have several parts, or another than the first, in some account. */
export function partsToWrite({ roles }: Placement): Written {
  return [...roles].flatMap(([role, versions]) =>
    versions.every(isUndivided)
      ? []
      : versions.map(({ accounts, parts }) => ({
          role,
          ...(accounts ? { accounts: [...accounts] } : {}),
          parts: Object.fromEntries([...parts].map(([number, keys]) => [number, [...keys]])),
        })),
  );
}

function isUndivided({ parts }: PlacedRole): boolean {
  return parts.size === 1 && parts.has(1);
}

/** What the lock file remembers. */
export function placementFrom(written: Written): Placement {
  const roles = new Map<string, PlacedRole[]>();
  for (const { role, accounts, parts } of written) {
    const numbered = Object.entries(parts).map(([number, keys]) => [Number(number), keys] as const);
    roles.set(role, [...(roles.get(role) ?? []), { accounts, parts: new Map(numbered) }]);
  }
  return { roles, paths: new Map() };
}
