import type { RoleAccess } from '../access/access-of.ts';
import type { Grant } from '../access/grant.ts';
import type { Reason } from '../access/questions.ts';
import type { Trust } from '../access/trust.ts';
import type { Condition, Statement, TrustPolicy } from '../iam/evaluate/policy.ts';
import { withOnly } from '../access/variant.ts';

/** What one subject of a statement admits, or the whole statement where it names none; Deny statements considered. */
export interface Reach {
  /** Path of the value, or of the statement's conditions. */
  readonly path: string;
  /** The subject as the policy writes it. */
  readonly text?: string;
  /** How the statement speaks of subjects. */
  readonly subject: 'named' | 'excluded' | 'none';
  readonly grants: readonly Grant[];
  readonly undetermined: readonly Reason[];
}

/** What is asked of the access analysis. */
export interface Judging {
  readonly policy: TrustPolicy;
  /** What is known beside the policy. */
  readonly known: Omit<Trust, 'policy'>;
  readonly isGitlab: (issuer: string) => boolean;
  /** As {@link Estate.since}. */
  readonly since: string | undefined;
  /** Who may assume a role with tokens of these issuers. */
  readonly accessOf: (trust: Trust) => RoleAccess;
}

/** @param conditions the conditions on the provider's own `sub` */
export function reachesOf(
  statement: Statement,
  conditions: readonly Condition[],
  judging: Judging,
): readonly Reach[] {
  const naming = conditions.filter(
    ({ operator }) => operator.base.startsWith('String') && !operator.base.includes('Not'),
  );
  // Of several that will do, the same one in whatever order they stand.
  const byPath = (a: Condition, b: Condition) => (a.path < b.path ? -1 : 1);
  const [tightest] = naming.toSorted((a, b) => shortestHead(b) - shortestHead(a) || byPath(a, b));
  if (!tightest) {
    const sorted = conditions.toSorted(byPath);
    const first = sorted.find(({ operator }) => operator.base.includes('Not')) ?? sorted[0];
    const path = first?.path ?? `${statement.path}.Condition`;
    return [{ path, subject: first ? 'excluded' : 'none', ...admitted(statement, judging) }];
  }
  return tightest.values.map((value) => ({
    path: value.path,
    text: value.text,
    subject: 'named',
    ...admitted(withOnly(statement, tightest, value), judging),
  }));
}

/** Who is admitted by one statement, less what the policy's Deny statements say. */
export function admitted(
  statement: Statement,
  { policy, known, accessOf }: Judging,
): Pick<Reach, 'grants' | 'undetermined'> {
  const denies = policy.statements.filter(({ effect }) => effect === 'Deny');
  const { grants, undetermined } = accessOf({
    ...known,
    policy: { ...policy, statements: [statement, ...denies] },
  });
  return { grants, undetermined: undetermined.filter(({ kind }) => kind !== 'other-issuer') };
}

/** How much of a subject stands before the first wildcard, in the widest value. */
function shortestHead({ operator, values }: Condition): number {
  return Math.min(
    ...values.map(({ text }) => {
      const wildcard = operator.base.endsWith('Like') ? text.search(/[*?]/) : -1;
      return wildcard < 0 ? text.length + 1000 : wildcard;
    }),
  );
}
