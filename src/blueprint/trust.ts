import type { Limit } from '../access/grant.ts';
import { componentsOf } from '../answers/check/subject-form.ts';
import type { Answers, Group, Project, Role } from '../answers/schema.ts';
import { isPattern, type Ref } from '../gitlab/ref.ts';
import { DEFAULT_COMPONENTS, type SubComponent, subjects } from '../gitlab/subject.ts';
import { policyLiteral } from '../iam/policy.ts';
import type { Conditions, TrustStatement } from '../iam/trust-policy.ts';
import type { Entry, GrantSummary, Issuer, RoleGrant } from './blueprint.ts';

/** Everything that may assume a role, one list per project or group, in the order of the answers. */
export function entriesOf(role: Role, answers: Answers, issuer: Issuer): Entry[][] {
  const refs = refsOf(role).map((ref) => ({
    refs: [ref],
    isPattern: isPattern(ref.name),
    literal: { ...ref, name: policyLiteral(ref.name) },
  }));
  const shared = answers.gitlab.sub_components ?? DEFAULT_COMPONENTS;
  // What the role asks of every source: a hundred thousand of them hold it once.
  const ofEvery = { pins: pinsOf(role, {}, issuer, shared), limits: limitsOf(role, {}) };
  const entries = (source: Project | Group, kind: GrantSummary['kind']) => {
    const id = 'id' in source ? source.id : undefined;
    const components = componentsOf(source, shared);
    const hasIds = id !== undefined || source.namespace_id !== undefined;
    const { pins, limits } = hasIds
      ? { pins: pinsOf(role, source, issuer, components), limits: limitsOf(role, source) }
      : ofEvery;
    return refs.flatMap((one) => {
      const grant: RoleGrant = {
        kind,
        path: source.path,
        id,
        refs: one.refs,
        limits,
        idPinned: id !== undefined && (issuer.isGitlabCom || components.includes('project_id')),
        namespaceId: source.namespace_id,
        components,
      };
      const values = {
        projectPath: kind === 'group' ? `${source.path}/*` : source.path,
        projectId: id,
        ref: one.literal,
        protectedOnly: role.refs.protected_only ?? false,
        environmentProtected: role.environment_protected,
        deploymentTier: role.deployment_tier,
      };
      return subjects(components, values).map((subject) => ({
        subject,
        isPattern: kind === 'group' || one.isPattern,
        pins,
        grant,
      }));
    });
  };
  return [
    ...(role.projects ?? []).map((project) => entries(project, 'project')),
    ...(role.groups ?? []).map((group) => entries(group, 'group')),
  ];
}

/** The numbers that GitLab gives, of a project or group. */
type SourceIds = Pick<Project, 'id' | 'namespace_id'> | Pick<Group, 'namespace_id'>;

function refsOf(role: Role): Ref[] {
  return [
    ...(role.refs.branches ?? []).map((name) => ({ type: 'branch' as const, name })),
    ...(role.refs.tags ?? []).map((name) => ({ type: 'tag' as const, name })),
  ];
}

/**
 * The conditions that only gitlab.com has. A project's id is pinned wherever it is known, since its path could be claimed by
 * another; where the subject holds the id, no condition is needed, and projects share a statement.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
function pinsOf(
  role: Role,
  source: SourceIds,
  { isGitlabCom, prefix }: Issuer,
  components: readonly SubComponent[],
): Conditions {
  if (!isGitlabCom) return {};
  const id = 'id' in source && !components.includes('project_id') ? source.id : undefined;
  const pins: [string, readonly string[] | undefined][] = [
    ['namespace_id', source.namespace_id === undefined ? undefined : [String(source.namespace_id)]],
    ['project_id', id === undefined ? undefined : [String(id)]],
    ['ref_protected', role.refs.protected_only ? ['true'] : undefined],
    ['pipeline_source', role.pipeline_sources],
    ['runner_environment', role.runner_environment && [role.runner_environment]],
  ];
  return Object.fromEntries(
    pins.flatMap(([key, values]) => (values ? [[`${prefix}:${key}`, values]] : [])),
  );
}

function limitsOf(role: Role, source: SourceIds): Limit[] {
  return [
    ...(source.namespace_id !== undefined && !('id' in source && source.id !== undefined)
      ? [namespaceLimit(source.namespace_id)]
      : []),
    ...(role.refs.protected_only ? [{ on: 'protected', is: true } as const] : []),
    ...(role.pipeline_sources
      ? [{ on: 'source', any: role.pipeline_sources.toSorted() } as const]
      : []),
    ...(role.runner_environment ? [{ on: 'runner', any: [role.runner_environment] } as const] : []),
    ...(role.environment_protected === undefined
      ? []
      : [{ on: 'environment', protected: role.environment_protected } as const]),
    ...(role.deployment_tier ? [{ on: 'tier', any: [role.deployment_tier] } as const] : []),
  ];
}

/** The condition on the group that a project is directly in. */
export function namespaceLimit(id: number): Limit {
  return {
    on: 'claim',
    claim: 'namespace_id',
    values: { kind: 'listed', values: [String(id)] },
  };
}

/**
 * The statements for some entries: exact subjects under StringEquals and patterns under StringLike, apart, and apart
 * for each set of pins, so that no project's path pairs with another's id.
 */
export function statementsOf(
  entries: readonly Entry[],
  { prefix, audiences }: Issuer,
): TrustStatement[] {
  const groups = new Map<string, { entry: Entry; subjects: string[] }>();
  const texts = new Map<Conditions, string>();
  for (const entry of entries) {
    const text = texts.get(entry.pins) ?? JSON.stringify(entry.pins);
    texts.set(entry.pins, text);
    const key = `${entry.isPattern} ${text}`;
    const group = groups.get(key);
    if (group) group.subjects.push(entry.subject);
    else groups.set(key, { entry, subjects: [entry.subject] });
  }
  return [...groups.values()].map(({ entry, subjects }) => {
    const aud = { [`${prefix}:aud`]: audiences };
    const sub = { [`${prefix}:sub`]: subjects };
    return entry.isPattern
      ? { stringEquals: { ...aud, ...entry.pins }, stringLike: sub }
      : { stringEquals: { ...aud, ...sub, ...entry.pins }, stringLike: {} };
  });
}

/** The grants of some entries, each project or group once with all its refs. */
export function grantsOf(entries: readonly Entry[]): RoleGrant[] {
  const grants = new Map<string, RoleGrant>();
  for (const { grant } of entries) {
    const key = `${grant.kind} ${grant.path}`;
    const refs = grants.get(key)?.refs;
    const isKnown = refs?.some(
      ({ type, name }) => grant.refs[0]?.type === type && grant.refs[0].name === name,
    );
    grants.set(key, refs ? { ...grant, refs: isKnown ? refs : [...refs, ...grant.refs] } : grant);
  }
  return [...grants.values()];
}
