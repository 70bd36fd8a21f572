import { contextOf } from '../iam/condition-keys.ts';
import type { RequestContext } from '../iam/evaluate/request.ts';
import { DEFAULT_COMPONENTS } from '../gitlab/subject.ts';
import type { Box } from './tokens/box.ts';
import { cell, firstCell } from './tokens/cells.ts';
import type { Space } from './tokens/space.ts';
import type { SubjectForm } from './subject-forms.ts';

/** A GitLab token with a request, that anyone can check against the policy. */
export interface Witness {
  /** ARN of the OIDC provider that the token belongs to. */
  readonly provider: string;
  readonly claims: Readonly<Record<string, string>>;
  /** What the token's subject is built of. */
  readonly form: SubjectForm;
  /** The keys of AWS that the policies ask for, and their values in this request. */
  readonly request: Readonly<Record<string, string>>;
  /** Whether a condition that cannot be read decides it. */
  readonly unread: readonly string[];
}

/** What any token holds where no policy asks. */
const ORDINARY: Readonly<Record<string, string>> = {
  project_path: 'group/project',
  project_id: '1000001',
  namespace_id: '1000002',
  namespace_path: 'group',
  ref: 'main',
  ref_type: 'branch',
  ref_protected: 'true',
  pipeline_source: 'push',
  runner_environment: 'gitlab-hosted',
  user_access_level: 'maintainer',
  user_email: 'somebody@else.example',
  user_id: '1000003',
  user_login: 'somebody',
  environment_protected: 'true',
  deployment_tier: 'production',
};

const OF_ENVIRONMENTS = new Set<string>(['environment_protected', 'deployment_tier']);

/** One token of a box: the first cell of each dimension. */
export function witnessOf(space: Space, box: Box): Witness {
  const values = new Map(
    space.dimensions.map((one, at) => [one.name, one.cells[firstCell(box[at] ?? one.full)]]),
  );
  const form = space.forms[firstCell(box[0] ?? cell(0))]?.form ?? DEFAULT_COMPONENTS;
  const valueOf = (name: string) => (values.has(name) ? values.get(name) : ordinary(space, name));
  const names = Object.keys(ORDINARY).filter(
    (name) => !OF_ENVIRONMENTS.has(name) || form.some((one) => OF_ENVIRONMENTS.has(one)),
  );
  const entries = ['aud', ...names].flatMap((name): [string, string][] => {
    const value = valueOf(name);
    return value === undefined ? [] : [[name, value]];
  });
  const claims = Object.fromEntries(entries);
  return {
    provider: space.provider.arn,
    claims: {
      iss: `https://${space.provider.issuer}`,
      sub: form.map((name) => `${name}:${claims[name] ?? ''}`).join(':'),
      ...claims,
      ...(claims['project_path'] !== undefined && {
        namespace_path: namespaceOf(claims['project_path']),
      }),
    },
    form,
    request: Object.fromEntries(
      space.asked.flatMap(({ kind, name, label }): [string, string][] => {
        const value = kind === 'request' ? values.get(name) : undefined;
        return value === undefined ? [] : [[label, value]];
      }),
    ),
    unread: space.asked.flatMap(({ kind, name, full }) =>
      kind === 'unread' && box[space.indexOf.get(name) ?? 0] !== full ? [name] : [],
    ),
  };
}

/** The path of the group or user that a project is in. */
export function namespaceOf(projectPath: string): string {
  return projectPath.slice(0, projectPath.lastIndexOf('/'));
}

function ordinary({ provider }: Space, name: string): string | undefined {
  if (name !== 'aud') return ORDINARY[name];
  return provider.clientIds?.[0] ?? `https://${provider.issuer}`;
}

/** The request that AWS makes of a witness. */
export function requestOf(
  { provider, claims, request }: Witness,
  issuer: string,
): {
  readonly principal: string;
  readonly context: RequestContext;
} {
  return { principal: provider, context: { ...contextOf(issuer, claims), ...request } };
}
