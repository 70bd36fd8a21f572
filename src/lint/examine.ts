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
import { type Finding, findingsOfRules, isAboutRole, type LintSubject, type Rule } from './rule.ts';
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
  const { account, denies } = context;
  const known = {
    providers: providersNamed(policy, context),
    ...(account !== undefined && { account }),
    ...(denies && { denies }),
  };
  const judging: Judging = { policy, known, isGitlab, since, accessOf };
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

const OF_POLICY = RULES.filter((rule) => !isAboutRole(rule));
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
      return drafts.map(({ finding: sample, message, fix, about, witness }): Finding => {
        const text =
          about === undefined
            ? (aboutOf ??= aboutPaths(policy, context))(sample.path)
            : filled(about, names);
        const finding = new NamedFinding(sample, filled(message, names), filled(fix, names), text);
        if (witness) finding.witness = witness(names);
        return finding;
      });
    },
  };
}

/** A finding with the names of a policy in its texts. Its members are listed, since to spread those of the sample takes longer. */
class NamedFinding implements Finding {
  readonly id: string;
  readonly name: string;
  readonly severity: Finding['severity'];
  readonly harm: Finding['harm'];
  readonly path: string;
  declare witness?: Witness;

  constructor(
    { id, name, severity, harm, path }: Finding,
    readonly message: string,
    readonly fix: string,
    readonly about: string,
  ) {
    this.id = id;
    this.name = name;
    this.severity = severity;
    this.harm = harm;
    this.path = path;
  }
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
  return named.length === 0
    ? () => witness
    : (names) => new NamedWitness(witness, () => claimsOf(witness, named, names));
}

function claimsOf(
  { claims }: Witness,
  named: readonly { readonly claim: string; readonly text: NamedText }[],
  names: ShapeNames,
): Witness['claims'] {
  const own: Record<string, string> = { ...claims };
  for (const { claim, text } of named) own[claim] = text(names);
  return own;
}

/** A witness with the names of a policy in its claims, which are put in when somebody looks: most reports show no token. */
class NamedWitness implements Witness {
  readonly provider: string;
  readonly form: Witness['form'];
  readonly request: Witness['request'];
  readonly unread: readonly string[];
  readonly #claimsOf: () => Witness['claims'];
  #claims: Witness['claims'] | undefined;

  constructor({ provider, form, request, unread }: Witness, claimsOf: () => Witness['claims']) {
    this.provider = provider;
    this.form = form;
    this.request = request;
    this.unread = unread;
    this.#claimsOf = claimsOf;
  }

  get claims(): Witness['claims'] {
    return (this.#claims ??= this.#claimsOf());
  }
}
