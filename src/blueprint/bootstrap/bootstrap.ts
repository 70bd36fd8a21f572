import { accountsOf, type AccountAnswers } from '../../answers/accounts.ts';
import { bootstrapNames, bootstrapRoles } from '../../answers/bootstrap-defaults.ts';
import type { Answers, Role } from '../../answers/schema.ts';
import { policyArn, providerArn, roleArn, type Partition } from '../../iam/arn.ts';
import { policyText, type PolicyStatement, type PolicyValue } from '../../iam/policy.ts';
import { QUOTAS } from '../../iam/quotas.ts';
import { trustPolicyDocument, trustPolicyLength } from '../../iam/trust-policy.ts';
import { ProblemError, type Problem } from '../../text/problem.ts';
import type { BootstrapBlueprint, BootstrapRole, Issuer } from '../blueprint.ts';
import { constantOf, labelOf } from '../labels.ts';
import { permissionPolicy } from '../permissions.ts';
import { entriesOf, grantsOf, statementsOf } from '../trust.ts';
import { hasOwnBoundary, parametersOf, statesInBuckets } from './accounts.ts';
import { boundaryDocument } from './boundary.ts';
import { inAccount, MARKS } from './marks.ts';
import { applyStatements, planStatements, type PipelineScope } from './pipeline-policies.ts';
import { stateBucketDocument } from './state-bucket.ts';

/**
 * Decides the bootstrap of the accounts.
 *
 * @returns `undefined` where the answers have none
 * @throws {ProblemError} where a policy is longer than IAM allows, naming the answer
 */
export function bootstrapOf(answers: Answers, issuer: Issuer): BootstrapBlueprint | undefined {
  const { bootstrap } = answers;
  const [planRole, applyRole] = bootstrapRoles(answers);
  if (!bootstrap || !planRole || !applyRole) return undefined;
  const names = bootstrapNames(bootstrap);
  const each = accountsOf(answers);
  const [bucket, ...otherBuckets] = statesInBuckets(each);
  const partition = each[0].answers.aws.partition ?? 'aws';
  const oneBucket = otherBuckets.length === 0;
  const scope: PipelineScope = {
    partition,
    region: answers.aws.region,
    issuerPrefix: issuer.prefix,
    names,
    state:
      bucket === undefined
        ? undefined
        : { bucket: oneBucket ? bucket : MARKS.stateBucket, account: bootstrap.state_account },
    ownBoundaries: hasOwnBoundary(each),
  };
  const boundary = policyArn(partition, MARKS.account, names.rolePath, names.boundary);
  const usableRoles = bootstrap.usable_roles ?? [];
  const usable = usableRoles.map((pattern) =>
    roleArn(partition, MARKS.account, '/', pattern.replace(/^\//, '')),
  );
  const managed = `roles below ${names.managedPath}`;
  const whose = answers.accounts ? 'the state of the account' : 'the state';
  const inState = (words: string) => {
    if (bucket === undefined) return [];
    return [`${words} ${whose}${oneBucket ? ` in the bucket ${bucket}` : ''}`];
  };
  const decided: BootstrapBlueprint = {
    ...parametersOf(answers, each),
    thumbprints: each
      .flatMap(({ answers: { provider } }) => provider.thumbprints ?? [])
      .map((one) => one.toLowerCase())
      .filter((one, index, all) => all.indexOf(one) === index),
    rolePath: names.rolePath,
    managedPath: names.managedPath,
    boundary: {
      name: names.boundary,
      arn: boundary,
      document: boundaryDocument(usable),
      usableRoles,
    },
    plan: bootstrapRole(answers, partition, issuer, planRole, {
      statements: planStatements(scope),
      permits: [`read ${managed}`, ...inState('read and lock')],
      boundary,
    }),
    apply: bootstrapRole(answers, partition, issuer, applyRole, {
      statements: applyStatements(scope),
      permits: [`manage ${managed} that have the boundary`, ...inState('read, lock and write')],
      boundary: undefined,
    }),
    organizationalUnits: bootstrap.organizational_units ?? [],
    adminRole: bootstrap.admin_role,
    stateAccount: bootstrap.state_account,
    bucketPolicy:
      oneBucket && bucket !== undefined ? bucketPolicyOf(answers, each, bucket) : undefined,
  };
  const quota = Math.min(
    ...each.map(({ answers: { aws } }) => aws.quotas?.trust_policy ?? QUOTAS.trustPolicy),
  );
  const arnForLength = providerArn(partition, SOME_ACCOUNT, issuer.prefix);
  const problems = tooLong(decided, arnForLength, quota);
  if (problems.length > 0) throw new ProblemError(problems);
  return decided;
}

/** The policy that the bucket of several accounts needs; `undefined` where it is longer than S3 allows. */
function bucketPolicyOf(
  { bootstrap, accounts }: Answers,
  each: readonly [AccountAnswers, ...AccountAnswers[]],
  bucket: string,
): PolicyValue | undefined {
  if (!accounts || bootstrap?.state_account === undefined) return undefined;
  const { rolePath, planRole, applyRole } = bootstrapNames(bootstrap);
  const users = each.flatMap(({ answers: { aws, state } }) =>
    state.backend !== 's3' ||
    aws.account_id === undefined ||
    aws.account_id === bootstrap.state_account
      ? []
      : [{ account: aws.account_id, key: state.key }],
  );
  if (users.length === 0) return undefined;
  const document = stateBucketDocument(
    each[0].answers.aws.partition ?? 'aws',
    bucket,
    users,
    [planRole, applyRole].map((name) => `${rolePath}${name}`),
  );
  return policyText(document).length <= QUOTAS.bucketPolicy ? document : undefined;
}

interface Permitted {
  readonly statements: readonly PolicyStatement[];
  /** The same in words. */
  readonly permits: readonly string[];
  /** ARN of the permissions boundary. */
  readonly boundary: string | undefined;
}

function bootstrapRole(
  answers: Answers,
  partition: Partition,
  issuer: Issuer,
  role: Role,
  { statements, permits, boundary }: Permitted,
): BootstrapRole {
  const path = role.path ?? '/';
  const entries = entriesOf(role, answers, issuer).flat();
  const trust = statementsOf(entries, issuer);
  const label = labelOf(role.name);
  const policy = {
    label: `${label}_pipeline`,
    name: 'pipeline',
    document: permissionPolicy(statements),
    permits,
  };
  return {
    role: {
      label,
      constant: constantOf(role.name),
      name: role.name,
      // Only the pipeline of the repository signs in to it, by jobs of its own.
      job: '',
      partOf: role.name,
      path,
      description: role.description,
      tags: {},
      permissionsBoundary: boundary,
      sessionDuration: QUOTAS.sessionMin,
      grants: grantsOf(entries),
      entries,
      trust,
      environment: undefined,
      managedPolicies: [],
      inlinePolicies: [policy],
      permissions: permits,
    },
    arn: roleArn(partition, MARKS.account, path, role.name),
    trust: trustPolicyDocument(trust, providerArn(partition, MARKS.account, issuer.prefix)),
    policy,
  };
}

/** Any account ID has twelve digits. */
const SOME_ACCOUNT = '000000000000';

function tooLong(
  { boundary, plan, apply }: BootstrapBlueprint,
  arn: string,
  quota: number,
): Problem[] {
  const length = (document: PolicyValue) =>
    policyText(inAccount(document, { account: SOME_ACCOUNT })).length;
  const trust = Math.max(...[plan, apply].map(({ role }) => trustPolicyLength(role.trust, arn)));
  const problem = (where: string, what: string, characters: number, most: number, fix: string) =>
    characters <= most
      ? []
      : [{ where, what: `${what} has ${characters} characters; AWS allows ${most}`, fix }];
  return [
    ...problem(
      'bootstrap.usable_roles',
      'the permissions boundary',
      length(boundary.document),
      QUOTAS.managedPolicy,
      'Use fewer or shorter patterns',
    ),
    ...problem(
      'bootstrap.refs.default_branch',
      'the trust policy of the apply role',
      trust,
      quota,
      'Use a shorter branch name, or set aws.quotas.trust_policy to what AWS has raised it to',
    ),
  ];
}
