import { prepareAction } from '../evaluate/action.ts';
import type { Condition, ConditionValue, Statement, TrustPolicy } from '../evaluate/policy.ts';
import { WEB_IDENTITY_ACTION } from '../evaluate/request.ts';
import { GITLAB_COM, isAwsKey, issuerOfArn, issuerOfUrl } from '../condition-keys.ts';
import {
  componentOf,
  hasWildcard,
  isGitlabSubject,
  type ProjectReach,
  projectReach,
  readSubject,
  type RefReach,
  type Subject,
  refReach,
} from '../subject.ts';
import type { LintContext } from './rule.ts';
import { subjectFlaw } from './subject-flaw.ts';

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

/** A subject of a condition, and what the whole statement makes of it. */
export interface StatedSubject {
  readonly subject: Subject;
  readonly value: ConditionValue;
  /** What keeps GitLab from ever writing it. */
  readonly flaw: string | undefined;
  /** How far it reaches once the statement's ids are pinned. */
  readonly reach: ProjectReach;
  /** No wildcard reaches out of the group that it names: other rules judge the rest. */
  readonly staysInGroup: boolean;
  readonly refs: RefReach;
  /** Only protected refs come in, by key or by the subject itself. */
  readonly isProtected: boolean;
}

/** Issuers whose subjects may look like a customised GitLab one and are not. */
const OTHERS = [/(^|\.)githubusercontent\.com$/i, /^token\.actions\./i];
const GITLAB_NAME = /(^|[.-])gitlab([.-]|$)/i;
const GUARDS = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike']);

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

/** Claim to the values of the sound, exact conditions on it. */
function pinsOf(conditions: readonly Condition[]): Map<string, readonly string[]> {
  const pins = new Map<string, readonly string[]>();
  for (const one of conditions) {
    if (!isGuard(one) || !one.values.every((value) => isExact(one, value))) continue;
    const values = one.values.map(({ text }) => text);
    pins.set(one.claim, [...(pins.get(one.claim) ?? []), ...values]);
  }
  return pins;
}

/** A condition that keeps anybody out: one that fails for what it does not name, absence included. */
export function isGuard({ operator }: Condition): boolean {
  return GUARDS.has(operator.base) && operator.set !== 'ForAllValues' && !operator.ifExists;
}

/**
 * Whether a condition keeps others out, the conditions on the same key considered: with `Null: false`
 * an absent key fails there, whatever ForAllValues or IfExists say of it.
 */
export function keepsOut(condition: Condition, siblings: readonly Condition[]): boolean {
  if (isGuard(condition)) return true;
  return GUARDS.has(condition.operator.base) && siblings.some(asksPresence);
}

function asksPresence({ operator, values }: Condition): boolean {
  return operator.base === 'Null' && values.every(({ text }) => text.toLowerCase() === 'false');
}

function isExact({ operator }: Condition, { text }: ConditionValue): boolean {
  return operator.base !== 'StringLike' || !hasWildcard(text);
}

/** A `*` under StringEquals lets nobody in, nor does anything under an operator that compares no text. */
function statedSubjects(
  { operator, values }: Condition,
  pinned: GitlabStatement['pinned'],
): readonly StatedSubject[] {
  if (!operator.base.startsWith('String')) return [];
  return values
    .filter(({ text }) => operator.base.endsWith('Like') || !hasWildcard(text))
    .map((value) => stateSubject(value, pinned));
}

function stateSubject(value: ConditionValue, pinned: GitlabStatement['pinned']): StatedSubject {
  const subject = readSubject(value.text);
  const reach = reachOf(subject, pinned);
  const refs = refReach(subject);
  const protections = pinned('ref_protected');
  return {
    subject,
    value,
    flaw: subjectFlaw(subject),
    reach,
    staysInGroup: reach === 'group' || reach === 'project',
    refs,
    isProtected:
      refs.isProtected ||
      (protections.length > 0 && protections.every((protection) => protection === 'true')),
  };
}

function reachOf(subject: Subject, pinned: GitlabStatement['pinned']): ProjectReach {
  const reach = projectReach(subject);
  if (pinned('project_id').length > 0) return 'project';
  if (pinned('namespace_id').length > 0 && reach !== 'project') return 'group';
  return reach;
}

/** No token has such a subject, so it says nothing of who gets in. */
function neverMatches({ subject, flaw, refs }: StatedSubject): boolean {
  return (
    flaw !== undefined ||
    refs.types.length === 0 ||
    componentOf(subject, 'environment') !== undefined
  );
}

const WIDTH = {
  project: 0,
  group: 2,
  'id-prefix': 3,
  'top-group-wildcard': 3,
  'top-group-prefix': 3,
  'any-project': 4,
};

/** Conditions are joined by AND: the tightest decides how far the statement reaches. */
function tightest(guards: readonly (readonly StatedSubject[])[]): readonly StatedSubject[] {
  const width = (guard: readonly StatedSubject[]) =>
    Math.max(
      0,
      ...guard.map(({ subject, refs }) => WIDTH[projectReach(subject)] + (refs.open ? 1 : 0)),
    );
  return [...guards].sort((a, b) => width(a) - width(b))[0] ?? [];
}
