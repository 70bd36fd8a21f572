import type { Answers, Role } from '../answers/schema.ts';
import { describeRef, exampleOf, isPattern } from '../gitlab/ref.ts';
import type { Finding } from '../lint/rule.ts';
import type { Notice } from './blueprint.ts';
import { anyAccount, permissionNotices, type NoticeAt } from './permission-notices.ts';

/**
 * What a person should know of these answers before saying yes: wildcards in words, roles that were split.
 *
 * @param partNames the names of the IAM roles that each role of the answers became
 */
export function noticesOf(answers: Answers, partNames: readonly (readonly string[])[]): Notice[] {
  return [
    ...legacyJwt(answers),
    ...anyAccount(answers),
    ...answers.roles.flatMap((role, index) => {
      const at = (key: string, text: string) => ({ where: `roles[${index}].${key}`, text });
      return [
        ...patterns(role, at),
        ...permissionNotices(role, at),
        ...split(partNames[index] ?? [], at),
      ];
    }),
  ];
}

function legacyJwt({ ci }: Answers): Notice[] {
  if (ci.credentials !== 'legacy-jwt') return [];
  return [
    {
      where: 'ci.credentials',
      text: 'CI_JOB_JWT_V2 was removed in GitLab 17.0 and goes to every job; use web-identity from GitLab 15.7 on',
    },
  ];
}

function patterns(role: Role, at: NoticeAt): Notice[] {
  const notice = (type: 'branch' | 'tag', key: string) => (name: string) =>
    isPattern(name)
      ? [at(`refs.${key}`, `${name} is ${describeRef({ type, name })}, such as ${exampleOf(name)}`)]
      : [];
  return [
    ...(role.refs.branches ?? []).flatMap(notice('branch', 'branches')),
    ...(role.refs.tags ?? []).flatMap(notice('tag', 'tags')),
  ];
}

function split(names: readonly string[], at: NoticeAt): Notice[] {
  if (names.length < 2) return [];
  return [
    at(
      'name',
      `one trust policy cannot hold all of it, so there are ${names.length} roles: ${names.join(', ')}`,
    ),
  ];
}

const NARROWER = 'Attach less, or name resources in the inline policy, in the answers';

/** What fixes a rule's finding where the policy follows from answers: nobody should edit the policy itself. */
const FIXES: Readonly<Record<string, string>> = {
  OIDC101: 'Give the id of the project, or the namespace_id of the group, in the answers',
  OIDC102: 'Name the projects in the answers, where later ones are not meant',
  OIDC103:
    'Name the branches in the answers, or say protected_only there (outside gitlab.com with ref_protected in sub_components) and protect them in GitLab',
  OIDC105:
    'Say protected_only in the answers (outside gitlab.com with ref_protected in sub_components), and protect the tags in GitLab',
  OIDC108: NARROWER,
  OIDC109:
    'Give the id of the project and sub_components with project_id in the answers; in place of a group, name its projects',
  OIDC110: 'Leave session_duration out of the answers, or at 3600',
  OIDC112: NARROWER,
  OIDC113: NARROWER,
  OIDC114: NARROWER,
};

/** How many roles a notice names. */
const NAMED = 4;

/**
 * One notice for each rule, with the roles that break it and how often.
 *
 * @param judged what lint found in each role's trust policy
 */
export function noticesOfLint(judged: readonly Judged[]): Notice[] {
  const byRule = new Map<string, { first: Finding; count: number; roles: Set<string> }>();
  for (const { role, findings } of judged) {
    for (const finding of findings) {
      const rule = byRule.get(finding.id) ?? { first: finding, count: 0, roles: new Set() };
      rule.count++;
      rule.roles.add(role);
      byRule.set(finding.id, rule);
    }
  }
  return [...byRule.values()].map(({ first, count, roles }) => {
    const { id, name, message, fix } = first;
    const others = count > 1 ? ` (and ${count - 1} more like it)` : '';
    return {
      where: listed([...roles]),
      text: `${id} ${name}: ${message}${others}. ${FIXES[id] ?? fix}`,
    };
  });
}

interface Judged {
  readonly role: string;
  readonly findings: readonly Finding[];
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
}
