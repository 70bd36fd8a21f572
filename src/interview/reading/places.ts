import { readId } from '../../gitlab/numeric-id.ts';
import { checkGroupPath, checkProjectPath } from '../../gitlab/project-path.ts';
import type { RefType } from '../../gitlab/ref.ts';
import { projectOfRemote } from '../../gitlab/remote.ts';
import { shown, type Flaw } from '../../text/flaw.ts';

/** A project, or a group that stands for all its projects, as a person named it. */
export interface GitlabPlace {
  readonly kind: 'project' | 'group';
  readonly path: string;
  readonly id: number | undefined;
  /** The branch or tag of an address that was pasted. */
  readonly ref: { readonly type: RefType; readonly name: string } | undefined;
}

/**
 * Reads what a person names a project or group by: a path, `path=ID`, `group/*`, the address of a page of the project, or
 * a git remote.
 *
 * @param instanceUrl the instance that an address must be of
 */
export function readPlace(
  text: string,
  instanceUrl: string,
): GitlabPlace | { readonly flaw: Flaw } {
  const word = /^https?:/i.test(text) ? text.replace(/[?#].*$/s, '') : text;
  const [, name = word, digits] = /^(.+)=([^=/]*)$/.exec(word) ?? [];
  const id = digits === undefined ? undefined : readId(digits);
  if (digits !== undefined && id === undefined) {
    return { flaw: { what: `${shown(digits)} is not an ID`, fix: `Type digits, e.g. ${name}=20` } };
  }
  if (/^[a-z+]+:\/\/|^[^/\s]+@[^/\s]+:/i.test(name)) {
    const { project, ref } = pageOf(name);
    const path = projectOfRemote(project, instanceUrl);
    if (path !== undefined) return { kind: 'project', path, id, ref };
    const fix = 'Type a path, e.g. mygroup/myproject';
    return { flaw: { what: `${shown(name)} is not a project of ${instanceUrl}`, fix } };
  }
  const bare = name
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  if (bare.endsWith('/*')) {
    const path = bare.slice(0, -'/*'.length);
    const flaw = checkGroupPath(path);
    return flaw ? { flaw: atPrompt(flaw) } : { kind: 'group', path, id, ref: undefined };
  }
  const flaw = checkProjectPath(bare);
  return flaw
    ? { flaw: atPrompt(flaw, bare) }
    : { kind: 'project', path: bare, id, ref: undefined };
}

/** The name of a branch or tag, given as such or as the address of its page. */
export function readRefName(text: string): string {
  return pageOf(text).ref?.name ?? text;
}

const PAGES: readonly [page: RegExp, type: RefType][] = [
  [/\/-\/tags\/([^?#]+)/, 'tag'],
  [/\/-\/(?:tree|commits)\/([^?#]+)/, 'branch'],
];

function pageOf(address: string): Pick<GitlabPlace, 'ref'> & { readonly project: string } {
  if (!/^https?:\/\//i.test(address)) return { project: address, ref: undefined };
  const [beginning = ''] = address.split(/[?#]/, 1);
  const project = beginning.split('/-/', 1)[0] ?? '';
  for (const [page, type] of PAGES) {
    const [, name] = page.exec(address) ?? [];
    if (name === undefined) continue;
    return { project, ref: { type, name: decoded(name).replace(/\/+$/, '') } };
  }
  return { project, ref: undefined };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A flaw whose fix names what can be typed here; the checks are shared with files and flags. */
function atPrompt({ what }: Flaw, path = 'mygroup'): Flaw {
  const example = /^[\w.-]+$/.test(path) && !path.includes('/') ? path : 'mygroup';
  return {
    what,
    fix: `Type group and project, e.g. ${example}/myproject, or ${example}/* for a whole group`,
  };
}
