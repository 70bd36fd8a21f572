import { type NamedText, type ShapeNames, namedText } from '../iam/evaluate/policy-shape.ts';
import type { PolicyShape } from '../iam/evaluate/policy-shape.ts';
import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import type { Witness } from '../access/witness.ts';
import { aboutPaths } from './about.ts';
import { type Estate, mayBeGitlab } from './estate.ts';
import { type GitlabStatement, gitlabStatements, providersNamed } from './gitlab-statement.ts';
import type { LintContext } from './lint-context.ts';
import { locksOut } from './locks-out.ts';
import type { Judging } from './reach.ts';
import { type Finding, findingsOfRules, type LintSubject, type Rule } from './rule.ts';
import { openIssuer } from './rules/open-issuer.ts';
import { RULES } from './rules.ts';

/** What a trust policy comes to for every rule that is not about its role. */
export interface Examined {
  readonly subject: LintSubject;
  /** The statements that trust a GitLab. */
  readonly trusting: readonly GitlabStatement[];
  readonly found: readonly Finding[];
}

/** Holds a trust policy against the rules that are not about its role. */
export function examine(policy: TrustPolicy, context: LintContext, estate: Estate): Examined {
  const { isGitlab, accessOf, since } = estate;
  const providers = providersNamed(policy, context);
  const judging: Judging = { policy, providers, isGitlab, since, accessOf };
  const trusting = gitlabStatements(policy, judging);
  const statements = trusting.filter(({ coversWebIdentity }) => coversWebIdentity);
  const subject: LintSubject = {
    policy,
    statements,
    strays: statements.length > 0 ? [] : trusting,
    unknown: unknownStatements(judging, estate),
    judging,
    attached: [],
    context,
  };
  // Where no statement trusts a GitLab, there is one question left.
  return {
    subject,
    trusting,
    found: findingsOf(subject, trusting.length > 0 ? OF_POLICY : ALWAYS),
  };
}

const OF_POLICY = RULES.filter(({ isAboutRole }) => !isAboutRole);
const ALWAYS = OF_POLICY.filter(({ id }) => id === openIssuer.id);

function findingsOf(subject: LintSubject, rules: readonly Rule[]): Finding[] {
  return findingsOfRules(rules, subject, ({ harm, check }) => {
    const sightings = check(subject);
    if (harm !== 'locks-out') return sightings;
    return sightings.filter((sighting) => locksOut(sighting, subject.judging));
  });
}

/** Statements that accept the tokens of issuers of which it is not known what they are. */
function unknownStatements(judging: Judging, { accessOfAny }: Estate): LintSubject['unknown'] {
  return gitlabStatements(
    judging.policy,
    { ...judging, isGitlab: mayBeGitlab, accessOf: accessOfAny },
    (issuer) => mayBeGitlab(issuer) && !judging.isGitlab(issuer),
  ).filter(({ coversWebIdentity }) => coversWebIdentity);
}

/** What was found of a shape's sample, ready for each policy of the shape. */
export interface ExaminedShape {
  readonly examined: Examined;
  readonly foundOf: (names: ShapeNames, policy: TrustPolicy) => Finding[];
}

/** Examines the sample of a shape. @param context what all its policies have in common */
export function examineShape(
  { sample }: PolicyShape,
  context: LintContext,
  estate: Estate,
): ExaminedShape {
  const examined = examine(sample, context, estate);
  const drafts = examined.found.map(draftOf);
  return {
    examined,
    foundOf: (names, policy) => {
      // Where the sample's stand-ins are sorted among other texts, a policy's own names may stand in another order.
      let aboutOf: ((path: string) => string) | undefined;
      return drafts.map(({ finding, message, fix, about, witness }) => {
        const own = {
          ...finding,
          message: filled(message, names),
          fix: filled(fix, names),
          about:
            about === undefined
              ? (aboutOf ??= aboutPaths(policy, context))(finding.path)
              : filled(about, names),
        };
        return witness ? { ...own, witness: witness(names) } : own;
      });
    },
  };
}

type DraftText = string | NamedText;

function filled(text: DraftText, names: ShapeNames): string {
  return typeof text === 'string' ? text : text(names);
}

function draftOf(finding: Finding) {
  const { message, fix, about, witness } = finding;
  const named = namedText(about);
  const isValue = typeof named === 'string' || about.startsWith('"');
  return {
    finding,
    message: namedText(message),
    fix: namedText(fix),
    about: isValue ? named : undefined,
    witness: witness && witnessDraft(witness),
  };
}

function witnessDraft(witness: Witness): (names: ShapeNames) => Witness {
  const named = Object.entries(witness.claims).flatMap(([claim, value]) => {
    const text = namedText(value);
    return typeof text === 'string' ? [] : [{ claim, text }];
  });
  if (named.length === 0) return () => witness;
  return (names) => {
    const claims: Record<string, string> = { ...witness.claims };
    for (const { claim, text } of named) claims[claim] = text(names);
    return { ...witness, claims };
  };
}
