import * as v from 'valibot';
import type { RoleKey } from '../../access/role-context.ts';
import { jsonText } from '../../text/json-text.ts';
import { placeWithoutIndexes } from '../about.ts';
import type { Finding } from '../rule.ts';
import { type Locate, shaped } from './shape.ts';

/**
 * What identifies a finding from one run to the next: neither a line nor the order of statements is in it, and what it
 * is about is, so that a wider value at the same place is a new finding.
 */
export interface FindingKey {
  readonly rule: string;
  readonly account: string;
  readonly role: string;
  /** The path in the trust policy without indexes, or the name of what is known of the role. */
  readonly place: string;
  readonly about: string;
}

export function findingKey({ id, path, about }: Finding, { account, name }: RoleKey): FindingKey {
  return { rule: id, account, role: name, place: placeWithoutIndexes(path), about };
}

/** The same text for the same key. */
export function keyText({ rule, account, role, place, about }: FindingKey): string {
  return JSON.stringify([account, role, rule, place, about]);
}

/** The file that accepts these findings: sorted, each once, byte for byte the same for the same findings. */
export function baselineText(keys: readonly FindingKey[]): string {
  const sorted = [...new Map(keys.map((key) => [keyText(key), key]))].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return `${jsonText({ version: 1, findings: sorted.map(([, key]) => key) })}\n`;
}

const Text = v.string('Write the baseline again with --write-baseline');
const Schema = v.strictObject(
  {
    version: v.literal(1, 'Write the baseline again with --write-baseline'),
    findings: v.array(
      v.strictObject({ rule: Text, account: Text, role: Text, place: Text, about: Text }),
      'Write the baseline again with --write-baseline',
    ),
  },
  'Give a file that --write-baseline wrote',
);

/** Reads what a baseline holds. @throws {ProblemError} with everything that is wrong in it */
export function readBaseline(content: unknown, locate: Locate): readonly FindingKey[] {
  return shaped(Schema, content, locate).findings;
}
