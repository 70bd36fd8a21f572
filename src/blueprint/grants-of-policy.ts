import { describeRef, type Ref } from '../gitlab/ref.ts';
import type { Condition, TrustPolicy } from '../iam/evaluate/policy.ts';
import { gitlabStatements, type GitlabStatement } from '../lint/gitlab-statement.ts';
import { componentOf, type Subject } from '../iam/subject.ts';
import type { Grant } from './blueprint.ts';

/** Who a trust policy lets in, as far as its subjects say it in GitLab's form; in the order of the policy. */
export function grantsOfPolicy(policy: TrustPolicy, issuers: readonly string[] = []): Grant[] {
  const grants = new Map<string, { grant: Grant; refs: Map<string, Ref> }>();
  for (const statement of gitlabStatements(policy, { issuers })) {
    for (const { subject } of statement.subjects) {
      const grant = grantOf(subject, statement);
      const key = JSON.stringify([grant.kind, grant.path, grant.id, grant.limits]);
      const refs = grants.get(key)?.refs ?? new Map<string, Ref>();
      for (const ref of grant.refs) {
        if (!refs.has(describeRef(ref))) refs.set(describeRef(ref), ref);
      }
      grants.set(key, { grant, refs });
    }
  }
  return [...grants.values()].map(({ grant, refs }) => ({ ...grant, refs: [...refs.values()] }));
}

function grantOf(subject: Subject, statement: GitlabStatement): Grant {
  const path = componentOf(subject, 'project_path');
  const id = componentOf(subject, 'project_id') ?? statement.pinned('project_id')[0];
  const isGroup = path?.endsWith('/*') ?? false;
  return {
    kind: isGroup ? 'group' : 'project',
    path: isGroup
      ? (path ?? '').slice(0, -2)
      : (path ?? (id === undefined ? 'any project' : `project ${id}`)),
    id: id !== undefined && /^\d+$/.test(id) ? Number(id) : undefined,
    refs: refsOf(subject),
    limits: limitsOf(subject, statement),
  };
}

function refsOf(subject: Subject): Ref[] {
  const type = componentOf(subject, 'ref_type') ?? '*';
  const name = (componentOf(subject, 'ref') ?? '*').replaceAll('${$}', '$');
  return (['branch', 'tag'] as const)
    .filter((one) => type === one || type === '*')
    .map((one) => ({ type: one, name }));
}

const LIMITS: Readonly<Record<string, (values: string) => string>> = {
  ref_protected: (value) => (value === 'true' ? 'protected only' : 'unprotected only'),
  namespace_id: (values) => `directly in namespace ${values}`,
  pipeline_source: (values) => `pipeline source ${values}`,
  runner_environment: (values) => `${values} runners`,
  environment_protected: (value) => `environment ${value === 'true' ? '' : 'not '}protected`,
  deployment_tier: (value) => `deployment tier ${value}`,
  user_login: (values) => `user ${values}`,
};

/** What must hold besides the subject, and what the subject asks besides project and ref. */
function limitsOf(subject: Subject, { statement, pinned }: GitlabStatement): string[] {
  const has = (claim: string) => pinned(claim).length > 0;
  const conditions = statement.conditions.filter(
    ({ claim }) => !['sub', 'aud', 'project_id'].includes(claim),
  );
  const asked = conditions
    .filter(({ claim }) => !(claim === 'namespace_id' && has('project_id')))
    .map(inWords);
  const inSubject = subject.parts.flatMap(({ name, value }) => LIMITS[name]?.(value) ?? []);
  return [...new Set([...inSubject, ...asked])].filter((limit) => limit !== 'unprotected only');
}

function inWords({ key, claim, operator, values }: Condition): string {
  const texts = values
    .map(({ text }) => text)
    .sort()
    .join(' or ');
  return LIMITS[claim]?.(texts) ?? `${operator.text} ${key} ${texts}`;
}
