import type { Answers, Role } from '../answers/schema.ts';
import { describeRef, exampleOf, isPattern } from '../gitlab/ref.ts';
import { QUOTAS } from '../iam/quotas.ts';
import type { Finding } from '../lint/rule.ts';
import type { Notice } from './blueprint.ts';
import { anyAccount, permissionNotices, type NoticeAt } from './permission-notices.ts';

/**
 * What a person should know about these answers before agreeing: wildcards in words, roles that were split.
 *
 * @param partNames the names of the IAM roles that each role of the answers became
 */
export function noticesOf(answers: Answers, partNames: readonly (readonly string[])[]): Notice[] {
  return [
    ...legacyJwt(answers),
    ...anyAccount(answers),
    ...idlePromotion(answers),
    ...answers.roles.flatMap((role, index) => {
      const at = (key: string, text: string) => ({ where: `roles[${index}].${key}`, text });
      return [
        ...patterns(role, at),
        ...permissionNotices(role, at),
        ...split(partNames[index] ?? [], role, answers, at),
      ];
    }),
  ];
}

function legacyJwt({ ci }: Answers): Notice[] {
  if (ci.credentials !== 'legacy-jwt') return [];
  return [
    {
      where: 'ci.credentials',
      text: 'CI_JOB_JWT_V2 is passed to every job, and GitLab 17.0 removed it; with GitLab 15.7 or newer, use web-identity',
    },
  ];
}

function idlePromotion({ ci, state, accounts = [] }: Answers): Notice[] {
  const order = accounts.filter(({ name }) => ci.promotion?.includes(name));
  const local = order.filter((account) => (account.state ?? state).backend === 'local');
  if (local.length === 0) return [];
  const names = local.map(({ name }) => name).join(', ');
  return [
    {
      where: 'ci.promotion',
      text: `no pipeline plans or applies ${names}, because a local state is on one machine only; use the backend s3 or gitlab`,
    },
  ];
}

function patterns(role: Role, at: NoticeAt): Notice[] {
  const notice = (type: 'branch' | 'tag', key: string) => (name: string) =>
    isPattern(name)
      ? [
          at(
            `refs.${key}`,
            `${name} matches ${describeRef({ type, name })}, such as ${exampleOf(name)}`,
          ),
        ]
      : [];
  return [
    ...(role.refs.branches ?? []).flatMap(notice('branch', 'branches')),
    ...(role.refs.tags ?? []).flatMap(notice('tag', 'tags')),
  ];
}

function split(
  names: readonly string[],
  role: Role,
  { aws, gitlab }: Answers,
  at: NoticeAt,
): Notice[] {
  if (names.length < 2) return [];
  const hasIds = role.projects?.every(({ id }) => id !== undefined) ?? false;
  const isLong = !role.groups && hasIds && !gitlab.sub_components?.includes('project_id');
  const hint = isLong
    ? '. About 37 projects fit in one with the subject [project_id, ref_type, ref] (gitlab.sub_components), which each project must then have in GitLab'
    : '';
  const quota = (aws.quotas?.trust_policy ?? QUOTAS.trustPolicy).toLocaleString('en-US');
  return [
    at(
      'name',
      `split into ${names.length} roles (${names.join(', ')}): one trust policy would exceed AWS's limit of ${quota} characters${hint}`,
    ),
  ];
}

const NARROWER =
  'In the answers, attach fewer permissions or limit the inline policy to named resources';

/** How to fix a rule's finding in the answers, since nobody should edit a generated policy. */
const FIXES: Readonly<Record<string, string>> = {
  OIDC101: "In the answers, add the project's id or the group's namespace_id",
  OIDC102: 'In the answers, list the projects unless future ones are meant too',
  OIDC103:
    'In the answers, list the branches, or set protected_only and protect them in GitLab (outside gitlab.com, also add ref_protected to sub_components)',
  OIDC105:
    'In the answers, set protected_only, and protect the tags in GitLab (outside gitlab.com, also add ref_protected to sub_components)',
  OIDC108: NARROWER,
  OIDC109:
    "In the answers, add the project's id and project_id in sub_components; list the projects instead of a group",
  OIDC110: 'In the answers, remove session_duration or set it to 3600',
  OIDC112: NARROWER,
  OIDC113: NARROWER,
  OIDC114: NARROWER,
};

/** How many roles a notice names. */
const NAMED = 4;

/** One notice for each rule, with the roles that break it and how often. */
export class LintNotices {
  readonly #byRule = new Map<string, { first: Finding; count: number; roles: Set<string> }>();

  /** @param findings what lint found in the role's trust policy */
  add(role: string, findings: readonly Finding[]): void {
    for (const finding of findings) {
      const rule = this.#byRule.get(finding.id) ?? { first: finding, count: 0, roles: new Set() };
      rule.count++;
      rule.roles.add(role);
      this.#byRule.set(finding.id, rule);
    }
  }

  all(): Notice[] {
    return [...this.#byRule.values()].map(({ first, count, roles }) => {
      const { id, name, message, fix } = first;
      const others = count > 1 ? ` (and ${count - 1} more)` : '';
      return {
        where: listed([...roles]),
        text: `${id} ${name}: ${message}${others}. ${FIXES[id] ?? fix}`,
      };
    });
  }
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
}
