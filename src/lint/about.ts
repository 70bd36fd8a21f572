import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import { conditionText, statementText } from '../iam/evaluate/statement-text.ts';
import type { LintContext } from './lint-context.ts';

/**
 * What stands at the paths of a policy's findings: the value, the condition, the whole statement, or what is known of the
 * role, as text. It tells two findings of one rule apart wherever their statements move to, and differs as soon as what
 * was found differs.
 */
export function aboutPaths(policy: TrustPolicy, context: LintContext): (path: string) => string {
  const known = new Map<string, string>();
  let texts: ReadonlyMap<string, () => string> | undefined;
  return (path) => {
    texts ??= textsIn(policy);
    for (let place = path; place !== ''; place = above(place)) {
      const text = known.get(place) ?? texts.get(place)?.();
      if (text === undefined) continue;
      known.set(place, text);
      return text;
    }
    return JSON.stringify(contextAt(path, context));
  };
}

function textsIn({ statements }: TrustPolicy): ReadonlyMap<string, () => string> {
  const texts = new Map<string, () => string>();
  for (const statement of statements) {
    texts.set(statement.path, () => statementText(statement));
    for (const condition of statement.conditions) {
      const [only, ...others] = condition.values;
      // One value is the same as a list of it: the condition is then about what the value is about.
      texts.set(condition.path, () =>
        only && others.length === 0 ? JSON.stringify(only.text) : conditionText(condition),
      );
      for (const { path, text } of condition.values) texts.set(path, () => JSON.stringify(text));
    }
  }
  return texts;
}

/** The path without its last step; the steps inside of a quoted key lead to no other place. */
function above(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['), 0));
}

/** The path without the indexes of its lists, which change when a list gets another item before them. */
export function placeWithoutIndexes(path: string): string {
  return path.replace(/\[\d+\]/g, '');
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
