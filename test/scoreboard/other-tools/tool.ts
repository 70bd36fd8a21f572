import type { Document, Scored, Statement } from '../policies.ts';
import { listOf } from '../policies.ts';

/**
 * What a rule says of a policy: that too much is allowed, that it does not work, or that something else is to be written
 * differently. `cannot say`: the rule's text does not decide it.
 */
export type Opinion = 'open' | 'dead' | 'style' | 'cannot say';

/** A rule of another tool, in words of our own, as a predicate over a policy. */
interface OtherRule {
  readonly id: string;
  readonly says: Opinion;
  readonly when: (policy: Scored) => boolean;
}

export interface OtherTool {
  readonly name: string;
  /** Where its rules were read: repository, path and commit, or the page. */
  readonly sources: readonly string[];
  /** What it looks at, in one sentence. */
  readonly scope: string;
  readonly rules: readonly OtherRule[];
}

export function statementsOf({ Statement: some }: Document): readonly Statement[] {
  return [some].flat();
}

export function allows(document: Document): readonly Statement[] {
  return statementsOf(document).filter(({ Effect }) => Effect === 'Allow');
}

/** Values of one kind of principal; none for `"*"`. */
export function principalsOf({ Principal }: Statement, kind: string): readonly string[] {
  return Principal === undefined || Principal === '*' ? [] : listOf(Principal[kind]);
}

export function actionsOf({ Action }: Statement): readonly string[] {
  return listOf(Action);
}

/** Every operator with every key and its values, numbers and Booleans as text. */
export function conditionsOf({ Condition = {} }: Statement) {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({
      operator,
      key,
      values: (Array.isArray(value) ? value : [value]).map(String),
    })),
  );
}

/** Hosts of the OIDC providers that a statement trusts, with their paths. */
export function oidcHosts(statement: Statement): readonly string[] {
  return principalsOf(statement, 'Federated').flatMap((arn) => {
    const [, host] = arn.split(':oidc-provider/');
    return host === undefined ? [] : [host];
  });
}

/** Allow statements of the policies that the role carries, as far as their text is known. */
export function permissionsOf({ policies = [] }: Scored): readonly Statement[] {
  return policies.flatMap(({ document }) => (document ? allows(document) : []));
}

/** Whether one of the attached AWS policies is `AdministratorAccess`. */
export function isAdministrator({ policies = [] }: Scored): boolean {
  return policies.some(({ arn }) => arn?.endsWith(':aws:policy/AdministratorAccess') === true);
}
