import { componentsOf } from '../answers/check.ts';
import type { Answers, Role } from '../answers/schema.ts';
import { describeRef, exampleOf, isPattern } from '../gitlab/ref.ts';
import { DEFAULT_COMPONENTS } from '../gitlab/subject.ts';
import type { Issuer, Notice } from './blueprint.ts';

/**
 * What a person should know of these answers before saying yes: wildcards in words, and what is weaker than it could be.
 *
 * @param partNames the names of the IAM roles that each role of the answers became
 */
export function noticesOf(
  answers: Answers,
  issuer: Issuer,
  partNames: readonly (readonly string[])[],
): Notice[] {
  return [
    ...legacyJwt(answers),
    ...answers.roles.flatMap((role, index) => {
      const at = (key: string, text: string) => ({ where: `roles[${index}].${key}`, text });
      return [
        ...patterns(role, at),
        ...groups(role, at),
        ...unpinned(role, answers, issuer, at),
        ...unprotected(role, at),
        ...administrator(role, at),
        ...split(partNames[index] ?? [], at),
      ];
    }),
  ];
}

type At = (key: string, text: string) => Notice;

function legacyJwt({ ci }: Answers): Notice[] {
  if (ci.credentials !== 'legacy-jwt') return [];
  return [
    {
      where: 'ci.credentials',
      text: 'CI_JOB_JWT_V2 was removed in GitLab 17.0 and goes to every job; use web-identity from GitLab 15.7 on',
    },
  ];
}

function patterns(role: Role, at: At): Notice[] {
  const notice = (type: 'branch' | 'tag', key: string) => (name: string) =>
    isPattern(name)
      ? [
          at(
            `refs.${key}`,
            `${name} is ${describeRef({ type, name })}, such as ${exampleOf(name)}${
              type === 'branch' && !role.refs.protected_only
                ? '; so whoever may push such a branch, or open a merge request from it, may assume the role'
                : ''
            }`,
          ),
        ]
      : [];
  return [
    ...(role.refs.branches ?? []).flatMap(notice('branch', 'branches')),
    ...(role.refs.tags ?? []).flatMap(notice('tag', 'tags')),
  ];
}

function groups(role: Role, at: At): Notice[] {
  return (role.groups ?? []).map(({ path, namespace_id }, i) =>
    at(
      `groups[${i}]`,
      namespace_id === undefined
        ? `every project below ${path}, in subgroups too, today or later, may assume the role`
        : `every project directly in ${path}, today or later, may assume the role`,
    ),
  );
}

function unpinned(role: Role, answers: Answers, { isGitlabCom }: Issuer, at: At): Notice[] {
  const shared = answers.gitlab.sub_components ?? DEFAULT_COMPONENTS;
  return (role.projects ?? []).flatMap((project, i) => {
    if (componentsOf(project, shared).includes('project_id')) return [];
    if (isGitlabCom && project.id !== undefined) return [];
    const whoever = 'whoever takes over its path after a rename or removal may assume the role';
    const mend = isGitlabCom
      ? 'give its numeric id'
      : 'give its numeric id and put project_id into sub_components';
    return [at(`projects[${i}]`, `${project.path} is known by its path only: ${whoever}; ${mend}`)];
  });
}

function unprotected(role: Role, at: At): Notice[] {
  const tags = role.refs.tags ?? [];
  if (role.refs.protected_only || tags.length === 0) return [];
  return [
    at('refs.tags', 'GitLab protects no tag by default: whoever may push can create one of these'),
  ];
}

function administrator(role: Role, at: At): Notice[] {
  if (!role.permissions.accept_administrator) return [];
  return [
    at(
      'permissions',
      'a job with this role may do anything in the account, and change its own trust policy',
    ),
  ];
}

function split(names: readonly string[], at: At): Notice[] {
  if (names.length < 2) return [];
  return [
    at(
      'name',
      `one trust policy cannot hold all of it, so there are ${names.length} roles: ${names.join(', ')}`,
    ),
  ];
}
