import type { AccountAnswers } from '../answers/accounts.ts';
import type { Answers, Role } from '../answers/schema.ts';
import { ANY_ACCOUNT, type Partition, providerArn } from '../iam/arn.ts';
import { policyText } from '../iam/policy.ts';
import { QUOTAS } from '../iam/quotas.ts';
import { checkRoleName } from '../iam/role-fields.ts';
import { shown } from '../text/flaw.ts';
import { ProblemError, type Problem } from '../text/problem.ts';
import type { Issuer, RoleBlueprint, SharedRole, Stack, State } from './blueprint.ts';
import { jobOfRole } from './jobs.ts';
import { constantOf, foldedLabel, labelOf } from './labels.ts';
import { type DecidedPermissions, decidedPermissions, inlinePoliciesIn } from './permissions.ts';
import { partName, partOfIn, placedRole, type Placement } from './parts/placement.ts';
import { splitToQuota, TooLongForAnyRole } from './parts/split.ts';
import { entriesOf, grantsOf, statementsOf } from './trust.ts';

/** Any account id has twelve digits, so this one stands for the real one when lengths are counted. */
const SOME_ACCOUNT = '000000000000';

/** What one account gets. */
export interface StackOfAnswers {
  readonly stack: Stack;
  /** The names of the IAM roles that each role of the answers became. */
  readonly partNames: readonly (readonly string[])[];
}

/**
 * Decides what one account gets.
 *
 * @throws {ProblemError} when a quota of IAM would be exceeded, naming the answer
 */
export function stackOf(
  { name, account, answers }: AccountAnswers,
  issuer: Issuer,
  placement: Placement,
  decided: DecidedRoles,
): StackOfAnswers {
  const { aws, provider } = answers;
  const partition = aws.partition ?? 'aws';
  const quota = aws.quotas?.trust_policy ?? QUOTAS.trustPolicy;
  const setting = { account: name, answers, issuer, placement, decided, partition, quota };
  const problems: Problem[] = [];
  const parts = answers.roles.map((role, index) => {
    const result = rolesOf(role, `roles[${index}]`, setting);
    if ('problem' in result) problems.push(result.problem);
    return 'problem' in result ? [] : result.roles;
  });
  const roles = parts.flat();
  const flaws = [...problems, ...sameLabels(roles), ...tooMany(roles, answers)];
  if (flaws.length > 0) throw new ProblemError(flaws);
  const stack: Stack = {
    name,
    shared: new Set(),
    defaults: {
      tags: account?.tags ?? {},
      permissionsBoundary: account?.permissions_boundary,
    },
    aws: { partition, region: aws.region, accountId: aws.account_id },
    provider: {
      mode: provider.mode,
      thumbprints: (provider.thumbprints ?? []).map((thumbprint) => thumbprint.toLowerCase()),
    },
    roles,
    state: stateOf(answers),
    trustPolicyQuota: quota,
  };
  return { stack, partNames: parts.map((part) => part.map(({ name }) => name)) };
}

/** What the roles of an account follow from, beside their own answers. */
interface RoleSurroundings {
  /** The account's name. */
  readonly account: string | undefined;
  readonly answers: Answers;
  readonly issuer: Issuer;
  readonly placement: Placement;
  readonly decided: DecidedRoles;
  readonly partition: Partition;
  /** Characters of a trust policy. */
  readonly quota: number;
}

/** One role, or several of the same permissions where its trust policy is over the quota. */
function rolesOf(
  role: Role,
  where: string,
  setting: RoleSurroundings,
): { roles: RoleBlueprint[] } | { problem: Problem } {
  const { account, answers, partition } = setting;
  let parts;
  try {
    parts = trustsOf(role, setting);
  } catch (error) {
    if (!(error instanceof TooLongForAnyRole)) throw error;
    return { problem: tooLong(error, where, setting.quota) };
  }
  const context = {
    partition,
    region: answers.aws.region,
    account: answers.aws.account_id ?? ANY_ACCOUNT,
  };
  const roles = parts.map(({ name, label, constant, entries, grants, trust }): RoleBlueprint => {
    const permissions = setting.decided.permissionsOf(role, label, partition);
    return {
      label,
      constant,
      name,
      job: jobOfRole(answers.ci.job_prefix, account, name),
      partOf: role.name,
      path: role.path ?? '/',
      description: role.description,
      tags: role.tags ?? {},
      permissionsBoundary: role.permissions_boundary,
      sessionDuration: role.session_duration ?? QUOTAS.sessionMin,
      grants,
      entries,
      trust,
      environment: environmentOf(role),
      managedPolicies: permissions.managedPolicies,
      inlinePolicies: inlinePoliciesIn(permissions, context),
      permissions: permissions.words,
    };
  });
  const problem = inlineTooLong(roles[0], where) ?? partNameTooLong(roles.at(-1), where);
  return problem ? { problem } : { roles };
}

/** What was decided of roles, by all that it follows from: what equal roles of many accounts have in common is decided once. */
export class DecidedRoles {
  readonly trusts = new Map<string, readonly DecidedTrust[]>();
  readonly #permissions = new Map<Role, Map<string, DecidedPermissions>>();
  readonly #ids = new Map<Role, number>();
  readonly #idOfText = new Map<string, number>();

  /** The same number for roles that say the same of who may assume them. */
  idOf(role: Role): number {
    const known = this.#ids.get(role);
    if (known !== undefined) return known;
    const { permissions, tags, description, permissions_boundary, ...whoMayAssume } = role;
    const text = JSON.stringify(whoMayAssume);
    const id = this.#idOfText.get(text) ?? this.#idOfText.size;
    this.#idOfText.set(text, id);
    this.#ids.set(role, id);
    return id;
  }

  permissionsOf(role: Role, label: string, partition: Partition): DecidedPermissions {
    const ofRole = this.#permissions.get(role) ?? new Map<string, DecidedPermissions>();
    const key = `${partition} ${label}`;
    const decided = ofRole.get(key) ?? decidedPermissions(role.permissions, label, partition);
    this.#permissions.set(role, ofRole.set(key, decided));
    return decided;
  }
}

type DecidedTrust = Pick<
  RoleBlueprint,
  'name' | 'label' | 'constant' | 'entries' | 'grants' | 'trust'
>;

/** @throws {TooLongForAnyRole} */
function trustsOf(
  role: Role,
  { account, answers, issuer, placement, decided, partition, quota }: RoleSurroundings,
): readonly DecidedTrust[] {
  const placed = placedRole(placement, role.name, account);
  const version = placed && placement.roles.get(role.name)?.indexOf(placed);
  // An account without a name is the only one, and has each role once.
  const key =
    account !== undefined && `${partition} ${quota} ${version ?? ''} ${decided.idOf(role)}`;
  const known = key && decided.trusts.get(key);
  if (known) return known;
  const arnForLength = providerArn(partition, SOME_ACCOUNT, issuer.prefix);
  const partOf = placed && partOfIn(placed, placement);
  const sources = entriesOf(role, answers, issuer);
  const parts = splitToQuota(sources, issuer, arnForLength, quota, partOf);
  const trusts = parts.map(({ number, entries }) => {
    const name = partName(role.name, number);
    return {
      name,
      label: labelOf(name),
      constant: constantOf(name),
      entries,
      grants: grantsOf(entries),
      trust: statementsOf(entries, issuer),
    };
  });
  if (key) decided.trusts.set(key, trusts);
  return trusts;
}

function environmentOf({
  environment_protected,
  deployment_tier,
}: Role): RoleBlueprint['environment'] {
  if (environment_protected === undefined && deployment_tier === undefined) return undefined;
  return { tier: deployment_tier };
}

/** Counted when trust policies are split, which makes more roles than the answers have. */
function tooMany(roles: readonly RoleBlueprint[], { aws }: Answers): Problem[] {
  const quota = aws.quotas?.roles ?? QUOTAS.roles;
  if (roles.length <= quota) return [];
  return [
    {
      where: 'roles',
      what: `there would be ${roles.length} roles; an account can have ${quota}`,
      fix: `Use fewer, or set aws.quotas.roles to what AWS has raised it to, at most ${QUOTAS.rolesMax}`,
    },
  ];
}

function tooLong({ entry, length }: TooLongForAnyRole, where: string, quota: number): Problem {
  return {
    where,
    what: `the trust policy for ${shown(entry.subject)} alone has ${length} characters; AWS allows ${quota}`,
    fix: `Use a shorter pattern, or set aws.quotas.trust_policy to what AWS has raised it to, at most ${QUOTAS.trustPolicyMax}`,
  };
}

function inlineTooLong(role: RoleBlueprint | undefined, where: string): Problem | undefined {
  const length = (role?.inlinePolicies ?? []).reduce(
    (sum, { document }) => sum + policyText(document).length,
    0,
  );
  if (length <= QUOTAS.inlinePolicies) return undefined;
  return {
    where: `${where}.permissions`,
    what: `the inline policies have ${length} characters together; AWS allows ${QUOTAS.inlinePolicies}`,
    fix: 'Make one of them a managed policy of your own and name its ARN under managed_policies',
  };
}

function partNameTooLong(role: RoleBlueprint | undefined, where: string): Problem | undefined {
  const flaw = role && checkRoleName(role.name);
  if (!flaw) return undefined;
  return {
    where: `${where}.name`,
    what: `it is split into several roles, and the last name, ${role.name}, is too long`,
    fix: 'Shorten the name',
  };
}

type Labeled = Pick<SharedRole, 'label' | 'name' | 'managedPolicies' | 'inlinePolicies'>;

/** Terraform addresses, and CDKTF's construct ids, must be unique. */
export function sameLabels(roles: readonly Labeled[]): Problem[] {
  const seen = new Map<string, string>();
  return roles.flatMap((role) =>
    [
      { label: role.label, what: `role ${role.name}` },
      ...role.managedPolicies.map(({ label, arn }) => ({
        label,
        what: `${typeof arn === 'string' ? arn : label} of role ${role.name}`,
      })),
      ...role.inlinePolicies.map(({ label, name }) => ({
        label,
        what: `inline policy ${name} of role ${role.name}`,
      })),
    ].flatMap(({ label, what }) => {
      const folded = foldedLabel(label);
      const earlier = seen.get(folded);
      seen.set(folded, what);
      if (earlier === undefined) return [];
      return [
        {
          where: 'roles',
          what: `${what} and ${earlier} would both be ${label} in Terraform`,
          fix: 'Give one of them another name',
        },
      ];
    }),
  );
}

function stateOf({ state, gitlab, aws }: Answers): State {
  switch (state.backend) {
    case 'local':
      return { backend: 'local' };
    case 's3':
      return {
        backend: 's3',
        bucket: state.bucket,
        key: state.key,
        region: state.region ?? aws.region,
      };
    case 'gitlab': {
      const project = encodeURIComponent(gitlab.repository ?? '');
      return {
        backend: 'gitlab',
        address: `${gitlab.url}/api/v4/projects/${project}/terraform/state/${state.name}`,
      };
    }
  }
}
