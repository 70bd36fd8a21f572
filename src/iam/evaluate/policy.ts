import type { ConditionKey } from '../condition-keys.ts';
import type { OperatorName } from './operator-name.ts';

/**
 * A role's trust policy, read and normalized: lists everywhere, every part with its JSON path.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface TrustPolicy {
  /** Policy variables exist in 2012-10-17 only; a policy without `Version` is 2008-10-17. */
  readonly version: '2012-10-17' | '2008-10-17';
  readonly statements: readonly Statement[];
  /** Characters of the document without white space, as the quota counts them. */
  readonly size: number;
}

export interface Statement {
  readonly index: number;
  /** `Statement[0]`, or `Statement` where the document has no list. */
  readonly path: string;
  readonly sid?: string;
  /** The RCP that it is of; absent for a statement of the trust policy itself. */
  readonly document?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principal: PrincipalElement;
  readonly action: ActionElement;
  readonly conditions: readonly Condition[];
}

/** `Principal`, or `NotPrincipal` when negated. */
export interface PrincipalElement {
  readonly negated: boolean;
  readonly path: string;
  readonly entries: readonly PrincipalEntry[];
}

export interface PrincipalEntry {
  /** `*` is the bare `"Principal": "*"`. */
  readonly type: 'AWS' | 'Federated' | 'Service' | 'CanonicalUser' | '*';
  readonly value: string;
  readonly path: string;
}

/** `Action`, or `NotAction` when negated. */
export interface ActionElement {
  readonly negated: boolean;
  readonly path: string;
  readonly patterns: readonly string[];
}

/** One operator with one key: all of a statement's conditions must hold. */
export interface Condition extends ConditionKey {
  readonly path: string;
  readonly operator: OperatorName;
  readonly key: string;
  /** What decides it, in words, where that is not known of the role: it may hold or not, and here it does. */
  readonly undecided?: string;
  /** One of them must match; none of them, under a negated operator. */
  readonly values: readonly ConditionValue[];
}

export interface ConditionValue {
  readonly text: string;
  readonly path: string;
  /** What the JSON held; IAM compares all of them as text. */
  readonly type: 'string' | 'number' | 'boolean';
}
