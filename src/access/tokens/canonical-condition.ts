import type { Condition } from '../../iam/evaluate/policy.ts';
import { documentedKey } from './request-keys.ts';

/** The same text, for people too, for conditions that differ in order or letter case of the key only. */
export function canonicalCondition({ operator, key, values, undecided }: Condition): string {
  if (undecided !== undefined) return undecided;
  const { set, base, ifExists } = operator;
  const texts = [...new Set(values.map(({ text }) => JSON.stringify(text)))].sort();
  const name = `${set === undefined ? '' : `${set}:`}${base}${ifExists ? 'IfExists' : ''}`;
  return `${name} ${documentedKey(key.toLowerCase())} ${texts.join(' or ')}`;
}
