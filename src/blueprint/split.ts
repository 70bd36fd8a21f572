import { trustPolicyLength } from '../iam/trust-policy.ts';
import type { Entry, Issuer } from './blueprint.ts';
import { statementsOf } from './trust.ts';

/** Raised when a single ref's trust policy is over the quota. */
export class TooLongForAnyRole extends Error {
  constructor(
    readonly entry: Entry,
    readonly length: number,
  ) {
    super(`the trust policy for ${entry.subject} alone has ${length} characters`);
  }
}

/**
 * Divides entries among as few roles as hold them within the trust policy quota, in order; a project is kept
 * whole unless it alone is too long, and a ref always: no job's role depends on whether its ref is protected.
 *
 * @param quota characters of one trust policy
 * @throws {TooLongForAnyRole}
 */
export function splitToQuota(
  sources: readonly (readonly Entry[])[],
  issuer: Issuer,
  providerArn: string,
  quota: number,
): Entry[][] {
  const length = (entries: readonly Entry[]) =>
    trustPolicyLength(statementsOf(entries, issuer), providerArn);
  const parts: Entry[][] = [];
  const add = (unit: readonly Entry[]): boolean => {
    const last = parts.at(-1);
    if (last && length([...last, ...unit]) <= quota) {
      last.push(...unit);
      return true;
    }
    if (length(unit) > quota) return false;
    parts.push([...unit]);
    return true;
  };
  for (const source of sources) {
    if (add(source)) continue;
    for (const unit of byRef(source)) {
      if (!add(unit)) throw new TooLongForAnyRole(unit[0], length(unit));
    }
  }
  return parts;
}

/** The entries of each ref, which share a grant. */
function byRef(source: readonly Entry[]): Iterable<readonly [Entry, ...Entry[]]> {
  const units = new Map<Entry['grant'], [Entry, ...Entry[]]>();
  for (const entry of source) {
    const unit = units.get(entry.grant);
    if (unit) unit.push(entry);
    else units.set(entry.grant, [entry]);
  }
  return units.values();
}
