import { COMPARISONS } from './operators/comparisons.ts';

/** `ForAllValues:StringLikeIfExists` taken apart. */
export interface OperatorName {
  readonly set?: 'ForAnyValue' | 'ForAllValues';
  /** `StringLike`, in AWS's spelling. */
  readonly base: string;
  readonly ifExists: boolean;
  /** As the policy writes it. */
  readonly text: string;
}

const BASES = new Map(
  [...Object.keys(COMPARISONS), 'Null'].map((name) => [name.toLowerCase(), name]),
);
const SHAPE = /^(?:(foranyvalue|forallvalues):)?([a-z]+?)(ifexists)?$/;

/** Reads an operator's name; `undefined` where AWS has none of that name. */
export function readOperatorName(text: string): OperatorName | undefined {
  const [, set, base = '', ifExists] = SHAPE.exec(text.toLowerCase()) ?? [];
  const known = BASES.get(base);
  // Null is the one operator that takes no IfExists.
  if (known === undefined || (known === 'Null' && ifExists !== undefined)) return undefined;
  return {
    ...(set !== undefined && { set: set === 'foranyvalue' ? 'ForAnyValue' : 'ForAllValues' }),
    base: known,
    ifExists: ifExists !== undefined,
    text,
  };
}

/** All the operators that AWS knows, without their prefixes and suffixes. */
export const OPERATOR_NAMES: readonly string[] = [...BASES.values()];
