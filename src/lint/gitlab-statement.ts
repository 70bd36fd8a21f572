import type { Provider } from '../access/provider.ts';
import { prepareAction } from '../iam/evaluate/action.ts';
import type { Condition, Statement, TrustPolicy } from '../iam/evaluate/policy.ts';
import { WEB_IDENTITY_ACTION } from '../iam/evaluate/request.ts';
import { GITLAB_COM, isAwsKey, issuerOfArn, issuerOfUrl } from '../iam/condition-keys.ts';
import { hasWildcard } from '../iam/subject.ts';
import type { LintContext } from './lint-context.ts';
import { type Judging, type Reach, reachesOf } from './reach.ts';

/** An Allow statement through which tokens of a GitLab, or of an unknown issuer, are accepted. */
export interface GitlabStatement {
  readonly statement: Statement;
  /** The issuers of its provider ARNs; of its keys, where the principal names none. */
  readonly issuers: readonly string[];
  /** The same in lower case. */
  readonly ownIssuers: ReadonlySet<string>;
  readonly isGitlabCom: boolean;
  readonly coversWebIdentity: boolean;
  /** All conditions on claims of the token: those on keys of AWS itself are left out. */
  readonly onClaims: readonly Condition[];
  /** All conditions on a `sub`, whatever they come to. */
  readonly subjectConditions: readonly Condition[];
  /** Who is admitted, subject by subject. */
  readonly reaches: readonly Reach[];
}

/** Finds the statements to check; other issuers' statements are left alone. */
export function gitlabStatements(
  policy: TrustPolicy,
  judging: Judging,
  takes: (issuer: string) => boolean = judging.isGitlab,
): readonly GitlabStatement[] {
  return policy.statements.flatMap((statement) => {
    if (statement.effect !== 'Allow') return [];
    const issuers = issuersOf(statement).filter(takes);
    return issuers.length > 0 ? [describe(statement, issuers, judging)] : [];
  });
}

/** The providers that a policy names, with the audiences that are known of them. */
export function providersNamed(policy: TrustPolicy, { clientIds }: LintContext): Provider[] {
  const arns = policy.statements.flatMap(({ principal }) =>
    principal.entries.flatMap(({ type, value }) => (type === 'Federated' ? [value] : [])),
  );
  return [...new Set(arns)].flatMap((arn) => {
    const issuer = issuerOfArn(arn);
    return issuer === undefined || clientIds === undefined ? [] : [{ arn, issuer, clientIds }];
  });
}

/** Those of its provider ARNs; of its keys, where it names none in full; gitlab.com, where it is open to tokens of any issuer. */
function issuersOf({ principal, conditions, action }: Statement): readonly string[] {
  const named = principal.entries
    .filter(({ type, value }) => type === 'Federated' && !hasWildcard(value))
    .map(({ value }) => issuerOfUrl(issuerOfArn(value) ?? value));
  if (named.length > 0) return named;
  const isOpen = principal.entries.some(({ type, value }) => value === '*' && type !== 'Service');
  // Conditions on keys of AWS say nothing of the issuer.
  const isOfAny = isOpen && conditions.every(({ key }) => isAwsKey(key));
  if (isOfAny && prepareAction(action)(WEB_IDENTITY_ACTION)) return [GITLAB_COM];
  const keyed = conditions
    .filter(({ key }) => !isAwsKey(key))
    .map(({ issuer }) => issuerOfUrl(issuer))
    .filter((issuer) => issuer !== '');
  return [...new Set(keyed)];
}

function describe(
  statement: Statement,
  issuers: readonly string[],
  judging: Judging,
): GitlabStatement {
  const ownIssuers = new Set(issuers.map((issuer) => issuer.toLowerCase()));
  const onClaims = statement.conditions.filter(({ key }) => !isAwsKey(key));
  const subjectConditions = onClaims.filter(({ claim }) => claim === 'sub');
  const own = subjectConditions.filter(({ issuer }) => ownIssuers.has(issuer.toLowerCase()));
  const coversWebIdentity = prepareAction(statement.action)(WEB_IDENTITY_ACTION);
  return {
    statement,
    issuers,
    ownIssuers,
    isGitlabCom: ownIssuers.has(GITLAB_COM),
    coversWebIdentity,
    onClaims,
    subjectConditions,
    reaches: coversWebIdentity ? reachesOf(statement, own, judging) : [],
  };
}
