import { shown, type Flaw } from '../text/flaw.ts';

/**
 * Checks one path of groups: letters, digits, `_`, `-` and `.`, each segment starting with a letter, digit or `_`.
 *
 * @see https://docs.gitlab.com/user/reserved_names/
 */
function checkSegments(path: string, kind: 'project' | 'group'): Flaw | undefined {
  const example = kind === 'project' ? 'mygroup/myproject' : 'mygroup or mygroup/subgroup';
  const fix = `Give the path as in the address bar after the host, such as ${example}`;
  if (path === '') return { what: `the ${kind} path is empty`, fix };
  if (/^https?:\/\//i.test(path)) return { what: `${shown(path)} is an address, not a path`, fix };
  if (/[*?]/.test(path)) {
    return {
      what: `${shown(path)} holds a wildcard, which would allow projects that nobody named`,
      fix:
        kind === 'project'
          ? 'Name each project'
          : 'Give the path of the group alone; it stands for every project in it',
    };
  }
  for (const segment of path.split('/')) {
    if (segment === '') return { what: `${shown(path)} has an empty part between slashes`, fix };
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(segment)) {
      return { what: `${shown(segment)} in ${shown(path)} is not a name GitLab allows`, fix };
    }
    if (/\.(git|atom)$/i.test(segment)) {
      return { what: `${shown(segment)} ends in .git or .atom, as no GitLab path does`, fix };
    }
  }
  return undefined;
}

/** The path of a project: at least one group and the project's own name. */
export function checkProjectPath(path: string): Flaw | undefined {
  const flaw = checkSegments(path, 'project');
  if (flaw) return flaw;
  if (path.includes('/')) return undefined;
  return {
    what: `${shown(path)} names a group or user, not a project`,
    fix: `Give group and project, such as ${path}/myproject`,
  };
}

/** The path of a group, at any depth. */
export function checkGroupPath(path: string): Flaw | undefined {
  return checkSegments(path, 'group');
}
