import { prepareAction } from './action.ts';
import { type ConditionReason, prepareCondition, type PreparedCondition } from './condition.ts';
import type { Language } from './operators/comparison.ts';
import type { Condition, Statement, TrustPolicy } from './policy.ts';
import { preparePrincipal } from './principal.ts';
import { valuesOf, WEB_IDENTITY_ACTION, type WebIdentityRequest } from './request.ts';

/** A policy read once, to decide any number of requests. */
export interface PreparedPolicy {
  readonly statements: readonly PreparedStatement[];
}

interface PreparedStatement {
  readonly source: Statement;
  readonly language: Language;
  readonly denies: boolean;
  readonly names: (provider: string) => boolean;
  readonly coversWebIdentity: boolean;
  readonly conditions: readonly PreparedCondition[];
}

/** What a policy says to a request, and why, statement by statement. */
export interface Evaluation {
  readonly decision: 'allowed' | 'denied';
  /** `implicit`: no statement allows it. */
  readonly cause: 'allow' | 'explicit-deny' | 'implicit-deny';
  /** Places in `statements` of those that decided; none for an implicit deny. */
  readonly decidedBy: readonly number[];
  readonly statements: readonly StatementEvaluation[];
}

export interface StatementEvaluation {
  /** Its place in its document. */
  readonly index: number;
  readonly path: string;
  /** As {@link Statement.document}. */
  readonly document?: string;
  readonly effect: 'Allow' | 'Deny';
  /** All checks hold, so the effect counts. */
  readonly applies: boolean;
  readonly checks: readonly StatementCheck[];
}

/** One thing that a statement asks: its principal, its action, or one condition key. */
export type StatementCheck = PrincipalCheck | ActionCheck | ConditionCheck;

interface CheckBase {
  readonly path: string;
  readonly expected: readonly string[];
  /** Empty where the request has no such key. */
  readonly actual: readonly string[];
  readonly matched: boolean;
}

interface PrincipalCheck extends CheckBase {
  readonly kind: 'principal';
  readonly negated: boolean;
  readonly reason: 'principal-named' | 'principal-not-named';
}

interface ActionCheck extends CheckBase {
  readonly kind: 'action';
  readonly negated: boolean;
  readonly reason: 'action-covered' | 'action-not-covered';
}

export interface ConditionCheck extends CheckBase {
  readonly kind: 'condition';
  readonly condition: Condition;
  /** As the policy writes it: `ForAllValues:StringLike`. */
  readonly operator: string;
  readonly key: string;
  readonly reason: ConditionReason;
}

/** @param denies statements of RCPs, which are of version 2012-10-17 */
export function preparePolicy(
  { version, statements }: TrustPolicy,
  denies: readonly Statement[] = [],
): PreparedPolicy {
  const own = { variables: version === '2012-10-17' };
  const prepared = statements.map((one) => prepareStatement(one, own));
  if (denies.length === 0) return { statements: prepared };
  const added = denies.map((one) => prepareStatement(one, { variables: true }));
  return { statements: [...prepared, ...added] };
}

function prepareStatement(source: Statement, language: Language): PreparedStatement {
  return {
    source,
    language,
    denies: source.effect === 'Deny',
    names: preparePrincipal(source.principal),
    coversWebIdentity: prepareAction(source.action)(WEB_IDENTITY_ACTION),
    conditions: source.conditions.map((one) => prepareCondition(one, language)),
  };
}

/**
 * The decision alone, at more than a million a second. An explicit deny wins, then any allow:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function isAllowed(policy: PreparedPolicy, request: WebIdentityRequest): boolean {
  let allowed = false;
  for (const statement of policy.statements) {
    if ((!allowed || statement.denies) && applies(statement, request)) {
      if (statement.denies) return false;
      allowed = true;
    }
  }
  return allowed;
}

function applies(statement: PreparedStatement, { principal, context }: WebIdentityRequest) {
  if (!statement.coversWebIdentity || !statement.names(principal)) return false;
  for (const condition of statement.conditions) {
    if (!condition(context).matched) return false;
  }
  return true;
}

/**
 * The decision with everything that led to it; the same checks as {@link isAllowed}.
 *
 * @param denies as in {@link preparePolicy}
 */
export function evaluate(
  policy: TrustPolicy,
  request: WebIdentityRequest,
  denies: readonly Statement[] = [],
): Evaluation {
  const { statements: prepared } = preparePolicy(policy, denies);
  const statements = prepared.map((one) => evaluateStatement(one, request));
  const applying = (effect: 'Allow' | 'Deny') =>
    statements.flatMap((one, at) => (one.applies && one.effect === effect ? [at] : []));
  const denying = applying('Deny');
  if (denying.length > 0) {
    return { decision: 'denied', cause: 'explicit-deny', decidedBy: denying, statements };
  }
  const allowing = applying('Allow');
  if (allowing.length > 0) {
    return { decision: 'allowed', cause: 'allow', decidedBy: allowing, statements };
  }
  return { decision: 'denied', cause: 'implicit-deny', decidedBy: [], statements };
}

function evaluateStatement(
  statement: PreparedStatement,
  request: WebIdentityRequest,
): StatementEvaluation {
  const { source } = statement;
  const checks: StatementCheck[] = [
    principalCheck(statement, request),
    actionCheck(statement),
    ...source.conditions.flatMap((condition, at) => {
      const prepared = statement.conditions[at];
      return prepared ? [conditionCheck(condition, prepared, request)] : [];
    }),
  ];
  return {
    index: source.index,
    path: source.path,
    ...(source.document !== undefined && { document: source.document }),
    effect: source.effect,
    applies: checks.every(({ matched }) => matched),
    checks,
  };
}

function principalCheck(
  { source, names }: PreparedStatement,
  { principal }: WebIdentityRequest,
): PrincipalCheck {
  const matched = names(principal);
  return {
    kind: 'principal',
    path: source.principal.path,
    negated: source.principal.negated,
    expected: source.principal.entries.map(({ value }) => value),
    actual: [principal],
    matched,
    reason: matched === source.principal.negated ? 'principal-not-named' : 'principal-named',
  };
}

function actionCheck({ source, coversWebIdentity: matched }: PreparedStatement): ActionCheck {
  return {
    kind: 'action',
    path: source.action.path,
    negated: source.action.negated,
    expected: source.action.patterns,
    actual: [WEB_IDENTITY_ACTION],
    matched,
    reason: matched === source.action.negated ? 'action-not-covered' : 'action-covered',
  };
}

function conditionCheck(
  condition: Condition,
  prepared: PreparedCondition,
  { context }: WebIdentityRequest,
): ConditionCheck {
  const actual = valuesOf(context, condition.key) ?? [];
  return {
    kind: 'condition',
    condition,
    path: condition.path,
    operator: condition.operator.text,
    key: condition.key,
    expected: condition.values.map(({ text }) => text),
    actual: typeof actual === 'string' ? [actual] : actual,
    ...prepared(context),
  };
}
