import { prepareAction } from '../evaluate/action.ts';
import type { Condition, ConditionValue, Statement, TrustPolicy } from '../evaluate/policy.ts';
import { WEB_IDENTITY_ACTION } from '../evaluate/request.ts';
import { GITLAB_COM, isAwsKey, issuerOfArn, issuerOfUrl, readKey } from '../condition-keys.ts';
import {
  hasWildcard,
  isGitlabSubject,
  projectReach,
  readSubject,
  type Subject,
  refReach,
} from '../subject.ts';
import type { LintContext } from './rule.ts';
import { neverMatches } from './subject-flaw.ts';

/** An Allow statement through which GitLab tokens come in. */
export interface GitlabStatement {
  readonly statement: Statement;
  /** The issuers of its provider ARNs; of its keys, where the principal names none. */
  readonly issuers: readonly string[];
  readonly isGitlabCom: boolean;
  readonly coversWebIdentity: boolean;
  /** All conditions on a `sub`, sound or not. */
  readonly subjectConditions: readonly Condition[];
  /** The subjects that it lets in, of the tightest sound condition. */
  readonly subjects: readonly GuardedSubject[];
  /** The values that a sound, exact condition pins a gitlab.com key to; none where there is none. */
  readonly pinned: (claim: string) => readonly string[];
}

export interface GuardedSubject {
  readonly subject: Subject;
  readonly value: ConditionValue;
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
    ({ key, values }) =>
      readKey(key).claim === 'sub' && values.some((one) => isGitlabSubject(one.text)),
  );
}

function issuersOf({ principal, conditions }: Statement): readonly string[] {
  const named = principal.entries
    .filter(({ type }) => type === 'Federated')
    .map(({ value }) => issuerOfUrl(issuerOfArn(value) ?? value));
  if (named.length > 0) return named;
  const keyed = conditions
    .filter(({ key }) => !isAwsKey(key))
    .map(({ key }) => issuerOfUrl(readKey(key).issuer))
    .filter((issuer) => issuer !== '');
  return [...new Set(keyed)];
}

function describe(statement: Statement, issuers: readonly string[]): GitlabStatement {
  const of = (claim: string) =>
    statement.conditions.filter(({ key }) => readKey(key).claim === claim && !isAwsKey(key));
  const subjectConditions = of('sub');
  const isGitlabCom = issuers.some((issuer) => issuer.toLowerCase() === GITLAB_COM);
  return {
    statement,
    issuers,
    isGitlabCom,
    coversWebIdentity: prepareAction(statement.action)(WEB_IDENTITY_ACTION),
    subjectConditions,
    subjects: tightest(
      subjectConditions.filter((one) => keepsOut(one, subjectConditions)).map(guardedSubjects),
    ),
    pinned: (claim) =>
      isGitlabCom
        ? of(claim)
            .filter((one) => isGuard(one) && one.values.every((value) => isExact(one, value)))
            .flatMap(({ values }) => values.map(({ text }) => text))
        : [],
  };
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

/** A `*` under StringEquals lets nobody in, nor does a subject that GitLab never writes. */
function guardedSubjects({ operator, values }: Condition): readonly GuardedSubject[] {
  return values
    .filter(({ text }) => operator.base === 'StringLike' || !hasWildcard(text))
    .map((value) => ({ subject: readSubject(value.text), value }))
    .filter(({ subject }) => !neverMatches(subject));
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
function tightest(guards: readonly (readonly GuardedSubject[])[]): readonly GuardedSubject[] {
  const width = (guard: readonly GuardedSubject[]) =>
    Math.max(
      0,
      ...guard.map(
        ({ subject }) => WIDTH[projectReach(subject)] + (refReach(subject).open ? 1 : 0),
      ),
    );
  return [...guards].sort((a, b) => width(a) - width(b))[0] ?? [];
}
