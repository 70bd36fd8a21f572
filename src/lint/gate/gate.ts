import type { RoleKey } from '../../access/role-context.ts';
import { like } from '../../iam/evaluate/wildcard.ts';
import type { Finding, Severity } from '../rule.ts';
import { type FindingKey, findingKey, keyText } from './baseline.ts';
import type { GateSettings, Suppression } from './settings.ts';

/** Why a finding counts, or does not. */
type Standing =
  | { readonly status: 'open' }
  /** The baseline accepts it. */
  | { readonly status: 'baseline' }
  | { readonly status: 'suppressed'; readonly reason: string; readonly expires?: string };

export type GatedFinding = Finding &
  Standing & {
    /** Whether the baseline records it; absent where there is no baseline. */
    readonly isRecorded?: boolean;
  };

/** What somebody decided about findings, and the day on which it is asked. */
export interface Gate {
  readonly settings: GateSettings;
  /** `undefined` where there is none. */
  readonly baseline: readonly FindingKey[] | undefined;
  /** `2027-01-31` */
  readonly today: string;
}

/** Findings of some roles, with what was decided about each. */
export interface Gated<Role> {
  readonly roles: readonly (Omit<Role, 'findings'> & {
    readonly findings: readonly GatedFinding[];
  })[];
  /** What the baseline accepts and is no longer found. */
  readonly fixed: readonly FindingKey[];
  /** Suppressions that hold no longer, and those that no finding needs. */
  readonly expired: readonly Suppression[];
  readonly unused: readonly Suppression[];
}

interface RoleFindings {
  readonly key: RoleKey;
  readonly findings: readonly Finding[];
  /** Equal for the roles that several accounts get from one text: what is accepted for one is accepted for all. */
  readonly sharedAs?: string | undefined;
}

/**
 * Applies a team's decisions to findings. No finding is left out: those that do not count say why. A suppression goes
 * before the baseline, since it has a reason and ends one day.
 */
export function applyGate<Role extends RoleFindings>(
  roles: readonly Role[],
  { settings, baseline, today }: Gate,
): Gated<Role> {
  const accepted = new Set((baseline ?? []).map(keyText));
  const [holding, expired] = [
    settings.suppressions.filter(({ expires }) => expires >= today),
    settings.suppressions.filter(({ expires }) => expires < today),
  ];
  const accountsOf = sharingOf(roles);
  const used = new Set<Suppression>();
  const found = new Set<string>();
  const standingOf = (finding: Finding, role: RoleKey, isRecorded: boolean): Standing => {
    const matching = holding.filter((one) => suppresses(one, finding, role));
    for (const one of matching) used.add(one);
    const [suppression] = matching;
    if (settings.severity.get(finding.id) === 'off')
      return { status: 'suppressed', reason: `${finding.id} is off` };
    if (suppression) {
      const { reason, expires } = suppression;
      return { status: 'suppressed', reason, expires };
    }
    return { status: isRecorded ? 'baseline' : 'open' };
  };
  const gated = roles.map((role) => ({
    ...role,
    findings: role.findings.map((finding): GatedFinding => {
      const set = settings.severity.get(finding.id);
      const severity = set === undefined || set === 'off' ? finding.severity : set;
      if (!baseline) return gatedAs(standingOf(finding, role.key, false), finding, severity);
      const text = keyText(findingKey(finding, role.key));
      found.add(text);
      const isRecorded = accountsOf(role).some((account) =>
        accepted.has(keyText(findingKey(finding, { ...role.key, account }))),
      );
      const standing = standingOf(finding, role.key, isRecorded);
      return { isRecorded, ...gatedAs(standing, finding, severity) };
    }),
  }));
  return {
    roles: gated,
    fixed: (baseline ?? []).filter((key) => !found.has(keyText(key))),
    expired,
    unused: holding.filter((one) => !used.has(one)),
  };
}

/** What is new comes before the spread: V8 gives each object a shape of its own to which members are added after one. */
function gatedAs(standing: Standing, finding: Finding, severity: Severity): GatedFinding {
  if (standing.status === 'suppressed') return { ...standing, ...finding, severity };
  return { status: standing.status, ...finding, severity };
}

/** The accounts that get a role from the same text. */
function sharingOf(roles: readonly RoleFindings[]): (role: RoleFindings) => readonly string[] {
  const textOf = ({ sharedAs, key }: RoleFindings) => JSON.stringify([sharedAs, key.name]);
  const sharing = new Map<string, string[]>();
  for (const role of roles) {
    if (role.sharedAs === undefined) continue;
    sharing.set(textOf(role), [...(sharing.get(textOf(role)) ?? []), role.key.account]);
  }
  return (role) => sharing.get(textOf(role)) ?? [role.key.account];
}

function suppresses({ rule, role }: Suppression, { id }: Finding, key: RoleKey): boolean {
  return rule === id && like(role, `${key.account}/${key.name}`);
}
