import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import { gitlabStatements } from './gitlab-statement.ts';
import { type Grading, grade } from './grade.ts';
import type { LintContext } from './lint-context.ts';
import type { Finding } from './rule.ts';
import { RULES } from './rules.ts';

export interface LintReport extends Grading {
  readonly findings: readonly Finding[];
  /** How many statements trust a GitLab issuer; with none there is nothing to judge. */
  readonly judged: number;
  /** Paths of the Deny statements, which are not judged: they may keep out what the findings say comes in. */
  readonly denies: readonly string[];
}

/** Holds what a trust policy allows against every rule. */
export function lint(policy: TrustPolicy, context: LintContext = {}): LintReport {
  const trusting = gitlabStatements(policy, context);
  const statements = trusting.filter(({ coversWebIdentity }) => coversWebIdentity);
  const strays = statements.length > 0 ? [] : trusting;
  const subject = { policy, statements, strays, context };
  const findings: Finding[] = [];
  for (const { check, id, name, severity, harm, fix } of trusting.length > 0 ? RULES : []) {
    for (const { path, message } of check(subject))
      findings.push({ id, name, severity, harm, path, message, fix });
  }
  const denies = policy.statements
    .filter(({ effect }) => effect === 'Deny')
    .map(({ path }) => path);
  return { findings, judged: trusting.length, denies, ...grade(findings) };
}
