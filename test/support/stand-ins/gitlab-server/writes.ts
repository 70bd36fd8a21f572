import type { Holdings, ProjectHeld } from './holdings.ts';

/** What GitLab holds after a call that changes a project, and the status that it answers with. */
export function writtenTo(
  holdings: Holdings,
  method: string | undefined,
  url: URL,
  body: string,
): { status: number; holdings: Holdings } {
  const [, id = '', below = ''] =
    /\/api\/v4\/projects\/([^/]+)(?:\/(.*))?$/.exec(url.pathname) ?? [];
  const wanted = decodeURIComponent(id);
  const project = holdings.projects.find(
    (held) => String(held.id) === wanted || held.path === wanted,
  );
  if (!project) return { status: 404, holdings };
  const changed = changedProject(project, `${method ?? ''} ${below}`, new URLSearchParams(body));
  if (!changed) return { status: 409, holdings };
  const projects = holdings.projects.map((held) => (held === project ? changed : held));
  return { status: below === '' ? 200 : 201, holdings: { ...holdings, projects } };
}

/** The project as it is then; `undefined` for a rule that is there already. */
function changedProject(
  project: ProjectHeld,
  call: string,
  form: URLSearchParams,
): ProjectHeld | undefined {
  const { protectedBranches = [], protectedTags = [] } = project;
  const name = form.get('name') ?? '';
  const isThere = (rules: readonly { name: string }[]) => rules.some((rule) => rule.name === name);
  switch (call) {
    case 'PUT ': {
      const components = form.getAll('ci_id_token_sub_claim_components[]');
      const forks = form.get('ci_allow_fork_pipelines_to_run_in_parent_project');
      return {
        ...project,
        ...(components.length > 0 ? { subComponents: components } : {}),
        ...(forks === null ? {} : { forkPipelines: forks === 'true' }),
      };
    }
    case 'POST protected_branches':
      if (isThere(protectedBranches)) return undefined;
      return { ...project, protectedBranches: [...protectedBranches, { name }] };
    case 'POST protected_tags':
      if (isThere(protectedTags)) return undefined;
      return { ...project, protectedTags: [...protectedTags, { name }] };
    default:
      throw new Error(`nobody should ask for ${call}`);
  }
}
