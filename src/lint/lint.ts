import { gitlabIssuers } from '../access/gitlab-issuers.ts';
import { issuerOfUrl } from '../iam/condition-keys.ts';
import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import { aboutPaths } from './about.ts';
import { readAttached } from './attached.ts';
import { type Estate, estateOf, mayBeGitlab } from './estate.ts';
import { gitlabStatements, providersNamed } from './gitlab-statement.ts';
import { type Grading, grade } from './grade.ts';
import type { LintContext } from './lint-context.ts';
import { locksOut } from './locks-out.ts';
import type { Judging } from './reach.ts';
import type { Finding, LintSubject } from './rule.ts';
import { nobody } from './rules/nobody.ts';
import { openIssuer } from './rules/open-issuer.ts';
import { RULES } from './rules.ts';

export interface LintReport extends Grading {
  readonly findings: readonly Finding[];
  /** How many statements were checked; with none there is nothing to say. */
  readonly judged: number;
}

/** Holds what a trust policy allows against every rule. */
export function lint(policy: TrustPolicy, context: LintContext = {}): LintReport {
  const estate =
    context.estate ?? estateOf(gitlabIssuers([policy], context.issuers?.map(issuerOfUrl)));
  const { isGitlab, accessOf } = estate;
  const providers = providersNamed(policy, context);
  const judging: Judging = { policy, providers, isGitlab, accessOf };
  const trusting = gitlabStatements(policy, judging);
  const statements = trusting.filter(({ coversWebIdentity }) => coversWebIdentity);
  const subject: LintSubject = {
    policy,
    statements,
    strays: statements.length > 0 ? [] : trusting,
    unknown: unknownStatements(judging, estate),
    judging,
    attached: trusting.length > 0 ? readAttached(context) : [],
    context,
  };
  const aboutOf = aboutPaths(policy, context);
  const found = RULES.filter(({ id }) => trusting.length > 0 || id === openIssuer.id).flatMap(
    ({ check, id, name, severity, harm, fix }) =>
      check(subject)
        .filter((sighting) => harm !== 'locks-out' || locksOut(sighting, judging))
        .map((sighting): Finding => ({
          ...{ id, name, severity, harm, fix },
          ...sighting,
          about: aboutOf(sighting.path),
        })),
  );
  const findings = found.filter((one) => one.id !== nobody.id || !isExplained(one, found));
  const judged = trusting.length + findings.filter(({ id }) => id === openIssuer.id).length;
  return { findings, judged, ...grade(findings, judged) };
}

/** Whether another finding says why a statement accepts nobody. */
function isExplained({ path }: Finding, findings: readonly Finding[]): boolean {
  const [statement = ''] = path.split('.');
  return findings.some(
    (one) =>
      one.id !== nobody.id &&
      (one.harm === 'locks-out' || one.harm === 'rejected') &&
      one.path.split('.')[0] === statement,
  );
}

/** Statements that accept the tokens of issuers of which it is not known what they are. */
function unknownStatements(judging: Judging, { accessOfAny }: Estate): LintSubject['unknown'] {
  return gitlabStatements(
    judging.policy,
    { ...judging, isGitlab: mayBeGitlab, accessOf: accessOfAny },
    (issuer) => mayBeGitlab(issuer) && !judging.isGitlab(issuer),
  ).filter(({ coversWebIdentity }) => coversWebIdentity);
}
