import type { Place } from '../access/role-context.ts';
import { aboutPaths } from './about.ts';
import type { LintContext } from './lint-context.ts';
import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import type { Witness } from '../access/witness.ts';
import type { Attached } from './attached/attached.ts';
import type { GitlabStatement } from './gitlab-statement.ts';
import type { Judging } from './reach.ts';

/**
 * What a mistake does. `lets-in`: somebody whom nobody named may assume the role; `weakens`: more than is wise;
 * `locks-out`: those whom it names may not; `rejected`: AWS rejects it; `untidy`: it changes nothing;
 * `unknown`: what it does cannot be determined.
 */
type Harm = 'lets-in' | 'weakens' | 'locks-out' | 'rejected' | 'untidy' | 'unknown';

export type Severity = 'error' | 'warning' | 'undetermined';

/** One thing that can be wrong with a trust policy, and all there is to say of it. */
export interface Rule {
  /** `OIDC0nn` are errors, `OIDC1nn` warnings, `OIDC2nn` cannot be determined; an id is never used again. */
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly harm: Harm;
  /** One sentence for a list. */
  readonly summary: string;
  readonly why: string;
  /** Who may assume the role, or what happens, for one policy. */
  readonly example: string;
  readonly fix: string;
  /** It sees neither the length of the policy nor the role's own fields of the context, and is asked once for all policies of a shape. */
  readonly check: (subject: LintSubject) => readonly Sighting[];
  readonly isAboutRole?: never;
}

/**
 * A rule about what roles with equal trust policies differ in: the length of the policy, and the role's own fields of the
 * context. It can be asked where nothing else was looked at.
 */
export interface RoleRule extends Omit<Rule, 'check' | 'isAboutRole'> {
  readonly harm: Exclude<Harm, 'locks-out'>;
  readonly check: (subject: RoleSubject) => readonly Sighting[];
  readonly isAboutRole: true;
}

export function isAboutRole(rule: Rule | RoleRule): rule is RoleRule {
  return rule.isAboutRole ?? false;
}

/** A place where a rule is broken. */
export interface Sighting {
  /** `Statement[0].Condition.StringLike["gitlab.com:sub"]`, or the name of a {@link LintContext} field. */
  readonly path: string;
  /** What stands there, in one clause. */
  readonly message: string;
  /** A token that the role accepts for it, which the evaluator confirms. */
  readonly witness?: Witness;
  /** What to do, where that depends on the case. */
  readonly fix?: string;
}

/** A sighting with its rule, ready to report. */
export interface Finding extends Sighting {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly harm: Harm;
  readonly fix: string;
  /** What stands at the path, as text: it differs as soon as what was found differs. */
  readonly about: string;
  /** Where that was read; absent for what stands in the trust policy. */
  readonly place?: Place;
}

export interface LintSubject extends RoleSubject {
  /** The Allow statements that exchange a GitLab issuer's tokens. */
  readonly statements: readonly GitlabStatement[];
  /** Those with another action, where none lets a token in at all. */
  readonly strays: readonly GitlabStatement[];
  /** Those that accept tokens of issuers that may be a GitLab or not. */
  readonly unknown: readonly GitlabStatement[];
  readonly judging: Judging;
}

/** What a rule about the role alone looks at. */
export interface RoleSubject {
  readonly policy: TrustPolicy;
  /** The policies of the role, where one of its statements trusts a GitLab. */
  readonly attached: readonly Attached[];
  readonly context: LintContext;
}

/** What rules sight, with what there is to report of each rule. */
export function findingsOfRules<Asked extends Rule | RoleRule>(
  rules: readonly Asked[],
  { policy, context }: Pick<RoleSubject, 'policy' | 'context'>,
  sightingsOf: (rule: Asked) => readonly Sighting[],
): Finding[] {
  let aboutOf: ((path: string) => string) | undefined;
  const findings: Finding[] = [];
  for (const rule of rules) {
    const { id, name, severity, harm, fix } = rule;
    for (const sighting of sightingsOf(rule)) {
      aboutOf ??= aboutPaths(policy, context);
      const about = aboutOf(sighting.path);
      findings.push({ id, name, severity, harm, fix, about, ...sighting });
    }
  }
  return findings;
}
