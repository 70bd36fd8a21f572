import { prepareCondition } from '../iam/evaluate/condition.ts';
import type { Condition, TrustPolicy } from '../iam/evaluate/policy.ts';
import { familyOf, timesFrom } from './tokens/request-keys.ts';

/** The conditions of Allow statements on the time of the request that no request from a moment on meets. */
export function expiredConditions(
  { statements, version }: Pick<TrustPolicy, 'statements' | 'version'>,
  since: string | undefined,
): readonly Condition[] {
  if (since === undefined) return [];
  return statements.flatMap(({ effect, conditions }) =>
    effect === 'Allow' ? conditions.filter((one) => isExpired(one, version, since)) : [],
  );
}

function isExpired(condition: Condition, version: string, since: string): boolean {
  const { key, values } = condition;
  const family = familyOf(key, [condition]);
  const texts = values.map(({ text }) => text);
  const times = family && timesFrom(since, key, family, texts);
  if (times === undefined) return false;
  const prepared = prepareCondition(condition, { variables: version === '2012-10-17' });
  return times.every((time) => !prepared({ [key.toLowerCase()]: time }).matched);
}

/** `DateLessThan aws:CurrentTime 2020-01-01T00:00:00Z has expired` */
export function expiredInWords({ operator, key, values }: Condition): string {
  return `${operator.text} ${key} ${values.map(({ text }) => text).join(' or ')} has expired`;
}
