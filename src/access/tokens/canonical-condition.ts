import type { Condition } from '../../iam/evaluate/policy.ts';

/** The same text for conditions that say the same of every request, and differ in order or letter case of the key. */
export function canonicalCondition({ operator, key, values }: Condition): string {
  const { set = '', base, ifExists } = operator;
  const texts = [...new Set(values.map(({ text }) => text))].sort();
  return JSON.stringify([set, base, ifExists, key.toLowerCase(), texts]);
}
