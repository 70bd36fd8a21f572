import { prepareAction } from '../iam/evaluate/action.ts';
import type { Condition, Statement, TrustPolicy } from '../iam/evaluate/policy.ts';
import { WEB_IDENTITY_ACTION } from '../iam/evaluate/request.ts';
import { GITLAB_COM, isAwsKey, issuerOfArn, issuerOfUrl } from '../iam/condition-keys.ts';
import { isGitlabSubject } from '../iam/subject.ts';
import { keepsOut, pinsOf } from './guard.ts';
import type { LintContext } from './lint-context.ts';
import { neverMatches, statedSubjects, type StatedSubject, tightest } from './stated-subject.ts';

/** An Allow statement through which GitLab tokens come in. */
export interface GitlabStatement {
  readonly statement: Statement;
  /** The issuers of its provider ARNs; of its keys, where the principal names none. */
  readonly issuers: readonly string[];
  /** The same in lower case. */
  readonly ownIssuers: ReadonlySet<string>;
  readonly isGitlabCom: boolean;
  readonly coversWebIdentity: boolean;
  /** All conditions on claims of the token: those on keys of AWS itself are left out. */
  readonly onClaims: readonly Condition[];
  /** All conditions on a `sub`, sound or not. */
  readonly subjectConditions: readonly Condition[];
  /** All subjects that it writes down and that its operators could match. */
  readonly stated: readonly StatedSubject[];
  /** The subjects that it lets in, of the tightest sound condition. */
  readonly subjects: readonly StatedSubject[];
  /** The values that a sound, exact condition pins a gitlab.com key to; none where there is none. */
  readonly pinned: (claim: string) => readonly string[];
}

/** Issuers whose subjects may look like a customised GitLab one and are not. */
const OTHERS = [/(^|\.)githubusercontent\.com$/i, /^token\.actions\./i];
const GITLAB_NAME = /(^|[.-])gitlab([.-]|$)/i;

/** Finds the statements to judge; other issuers' statements are nobody's business here. */
export function gitlabStatements(
  policy: TrustPolicy,
  context: LintContext,
): readonly GitlabStatement[] {
  const allowing = policy.statements.filter(({ effect }) => effect === 'Allow');
  const known = new Set([
    GITLAB_COM,
    ...(context.issuers ?? []).map((one) => issuerOfUrl(one).toLowerCase()),
    ...allowing.flatMap((one) =>
      hasGitlabSubject(one) ? issuersOf(one).map((issuer) => issuer.toLowerCase()) : [],
    ),
  ]);
  return allowing.flatMap((statement) => {
    const issuers = issuersOf(statement).filter((issuer) => isGitlab(issuer, known));
    return issuers.length > 0 ? [describe(statement, issuers)] : [];
  });
}

function isGitlab(issuer: string, known: ReadonlySet<string>): boolean {
  const [host = ''] = issuer.split('/');
  if (OTHERS.some((other) => other.test(host))) return false;
  return known.has(issuer.toLowerCase()) || GITLAB_NAME.test(host);
}

function hasGitlabSubject(statement: Statement): boolean {
  return statement.conditions.some(
    ({ claim, values }) => claim === 'sub' && values.some((one) => isGitlabSubject(one.text)),
  );
}

function issuersOf({ principal, conditions }: Statement): readonly string[] {
  const named = principal.entries
    .filter(({ type }) => type === 'Federated')
    .map(({ value }) => issuerOfUrl(issuerOfArn(value) ?? value));
  if (named.length > 0) return named;
  const keyed = conditions
    .filter(({ key }) => !isAwsKey(key))
    .map(({ issuer }) => issuerOfUrl(issuer))
    .filter((issuer) => issuer !== '');
  return [...new Set(keyed)];
}

function describe(statement: Statement, issuers: readonly string[]): GitlabStatement {
  const ownIssuers = new Set(issuers.map((issuer) => issuer.toLowerCase()));
  const isGitlabCom = ownIssuers.has(GITLAB_COM);
  const onClaims = statement.conditions.filter(({ key }) => !isAwsKey(key));
  const subjectConditions = onClaims.filter(({ claim }) => claim === 'sub');
  const pins = isGitlabCom ? pinsOf(onClaims) : new Map<string, readonly string[]>();
  const pinned = (claim: string) => pins.get(claim) ?? [];
  const read = subjectConditions.map((condition) => ({
    condition,
    stated: statedSubjects(condition, pinned),
  }));
  const guards = read
    .filter(({ condition }) => keepsOut(condition, subjectConditions))
    .map(({ stated }) => stated.filter((one) => !neverMatches(one)));
  return {
    statement,
    issuers,
    ownIssuers,
    isGitlabCom,
    coversWebIdentity: prepareAction(statement.action)(WEB_IDENTITY_ACTION),
    onClaims,
    subjectConditions,
    stated: read.flatMap(({ stated }) => stated),
    subjects: tightest(guards),
    pinned,
  };
}
