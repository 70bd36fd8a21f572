import type { Condition, Statement, TrustPolicy } from '../iam/evaluate/policy.ts';
import type { LintContext } from './lint-context.ts';

/**
 * What stands at the path of a finding: the value, the condition, the whole statement, or what is known of the role, as
 * text. It tells two findings of one rule apart wherever their statements move to, and differs as soon as what was found
 * differs.
 */
export function aboutPath(path: string, policy: TrustPolicy, context: LintContext): string {
  const statement = policy.statements.find((one) => isAt(path, one.path));
  if (statement === undefined) return JSON.stringify(contextAt(path, context));
  const condition = statement.conditions.find((one) => isAt(path, one.path));
  if (condition === undefined) return statementText(statement);
  const value = condition.values.find((one) => one.path === path);
  return value === undefined ? conditionText(condition) : JSON.stringify(value.text);
}

/** The path without the indexes of its lists, which change when a list gets another item before them. */
export function placeWithoutIndexes(path: string): string {
  return path.replace(/\[\d+\]/g, '');
}

function isAt(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}.`) || path.startsWith(`${base}[`);
}

/** What the context holds at a path such as `thumbprints[0]`; of a policy, all but where it was read. */
function contextAt(path: string, context: LintContext): unknown {
  const [, field = '', index] = /^(\w+)(?:\[(\d+)\])?$/.exec(path) ?? [];
  if (field === 'attachedPolicies' && index !== undefined) {
    const { arn, name, document } = context.attachedPolicies?.[Number(index)] ?? {};
    return { arn, name, document };
  }
  const values = new Map<string, unknown>(Object.entries(context));
  const value = values.get(field);
  const item: unknown = index !== undefined && Array.isArray(value) ? value[Number(index)] : value;
  return item ?? null;
}

function statementText({ effect, principal, action, conditions }: Statement): string {
  return JSON.stringify({
    effect,
    [principal.negated ? 'notPrincipal' : 'principal']: principal.entries
      .map(({ type, value }) => `${type} ${value}`)
      .sort(),
    [action.negated ? 'notAction' : 'action']: action.patterns.toSorted(),
    conditions: conditions.map(conditionText).sort(),
  });
}

function conditionText({ operator, key, values }: Condition): string {
  return JSON.stringify([operator.text, key, values.map(({ text }) => text).sort()]);
}
