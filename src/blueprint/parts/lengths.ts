import { policyText } from '../../iam/policy.ts';
import { trustPolicyLength, type Conditions } from '../../iam/trust-policy.ts';
import type { Entry, Issuer } from '../blueprint.ts';
import { statementsOf } from '../trust.ts';

/** How many subjects stand in each statement of a trust policy, by what tells statements apart. */
export type Counts = Map<string, number>;

/**
 * Counts the characters of trust policies while entries are added to them, without writing a policy for each. What it counts
 * is what `trustPolicyLength` says of the statements of the same entries.
 */
export class Lengths {
  /** Characters of a policy without statements. */
  readonly empty: number;
  readonly #issuer: Issuer;
  readonly #providerArn: string;
  readonly #keys = new WeakMap<Conditions, { exact: string; pattern: string }>();
  readonly #around = new Map<string, number>();

  constructor(issuer: Issuer, providerArn: string) {
    this.#issuer = issuer;
    this.#providerArn = providerArn;
    this.empty = trustPolicyLength([], providerArn);
  }

  of(entries: readonly Entry[]): number {
    return this.empty + this.added(entries, new Map()).length;
  }

  /** The characters that some entries add to a policy with these statements, and what the counts are then. */
  added(entries: readonly Entry[], before: Counts): { length: number; counts: Counts } {
    const counts = new Map(before);
    let length = 0;
    for (const entry of entries) {
      const key = this.#keyOf(entry);
      const subject = policyText(entry.subject).length;
      const others = counts.get(key) ?? 0;
      // A list of one is written without brackets.
      if (others > 0) length += subject + ','.length + (others === 1 ? '[]'.length : 0);
      else length += this.#aroundOf(entry, key, subject) + subject + (counts.size > 0 ? 1 : 0);
      counts.set(key, others + 1);
    }
    return { length, counts };
  }

  /** The characters of a statement without its one subject. */
  #aroundOf(entry: Entry, key: string, subject: number): number {
    const known = this.#around.get(key);
    if (known !== undefined) return known;
    const whole = trustPolicyLength(statementsOf([entry], this.#issuer), this.#providerArn);
    const around = whole - this.empty - subject;
    this.#around.set(key, around);
    return around;
  }

  #keyOf({ isPattern, pins }: Entry): string {
    let keys = this.#keys.get(pins);
    if (!keys) {
      const text = JSON.stringify(pins);
      this.#keys.set(pins, (keys = { exact: `exact ${text}`, pattern: `pattern ${text}` }));
    }
    return isPattern ? keys.pattern : keys.exact;
  }
}
