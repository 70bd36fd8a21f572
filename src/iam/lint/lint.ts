import type { TrustPolicy } from '../evaluate/policy.ts';
import { gitlabStatements } from './gitlab-statement.ts';
import { type Grading, grade } from './grade.ts';
import type { Finding, LintContext } from './rule.ts';
import { RULES } from './rules.ts';

export interface LintReport extends Grading {
  readonly findings: readonly Finding[];
  /** How many statements trust a GitLab issuer; with none there is nothing to judge. */
  readonly judged: number;
}

/** Holds a trust policy against every rule. */
export function lint(policy: TrustPolicy, context: LintContext = {}): LintReport {
  const trusting = gitlabStatements(policy, context);
  const statements = trusting.filter(({ coversWebIdentity }) => coversWebIdentity);
  const strays = statements.length > 0 ? [] : trusting;
  const subject = { policy, statements, strays, context };
  const findings: Finding[] = [];
  for (const { check, id, name, severity, harm, mend } of trusting.length > 0 ? RULES : []) {
    for (const { path, message } of check(subject))
      findings.push({ id, name, severity, harm, path, message, mend });
  }
  return { findings, judged: trusting.length, ...grade(findings) };
}
