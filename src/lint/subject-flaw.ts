import { vocabularyOf } from '../access/tokens/claims.ts';
import { SUB_COMPONENTS } from '../gitlab/subject.ts';
import { componentOf, hasWildcard, type Subject } from '../iam/subject.ts';

/** What keeps GitLab from ever writing such a subject. */
export function subjectFlaw(subject: Subject): string | undefined {
  // What a policy variable becomes is not known here.
  if (/\$\{[^}*?$]/.test(subject.text)) return undefined;
  // A no-break space may stand in a ref.
  if (/^[ \t\r\n]|[ \t\r\n]$/.test(subject.text)) return 'begins or ends with white space';
  const [first] = subject.parts;
  if (first && KNOWN.has(first.name) && !['project_path', 'project_id'].includes(first.name)) {
    return `begins with ${first.name}; a GitLab subject begins with project_path or project_id`;
  }
  const odd = subject.parts.find(({ name }) => !KNOWN.has(name));
  if (odd !== undefined) return `has the component "${odd.name}", which GitLab does not know`;
  if (subject.rest !== undefined && !hasWildcard(subject.text)) {
    return `ends in "${subject.rest}", which is not a component with a value`;
  }
  const empty = subject.parts.find(({ value }) => value === '');
  if (empty !== undefined) return `has an empty ${empty.name}`;
  const path = componentOf(subject, 'project_path');
  const ref = componentOf(subject, 'ref');
  const id = componentOf(subject, 'project_id');
  return (
    (path === undefined ? undefined : pathFlaw(path)) ??
    (ref === undefined ? undefined : refFlaw(ref)) ??
    (id === undefined ? undefined : idFlaw(id)) ??
    subject.parts.map(({ name, value }) => listedFlaw(name, value)).find((one) => one !== undefined)
  );
}

function idFlaw(id: string): string | undefined {
  if (!/^\d*$/.test(head(id))) return 'has a project_id that is not a number';
  return id.startsWith('0') ? 'has a project_id that begins with 0' : undefined;
}

/** A component with a few fixed values; `ref_type` has a rule of its own. */
function listedFlaw(name: string, value: string): string | undefined {
  const vocabulary = vocabularyOf(name);
  if (name === 'ref_type' || hasWildcard(value) || !('listed' in vocabulary)) return undefined;
  return vocabulary.listed.includes(value)
    ? undefined
    : `has the ${name} "${value}"; GitLab writes ${vocabulary.listed.join(', ')}`;
}

/** What a wildcard cannot have moved elsewhere: it may swallow the rest of the subject. */
function head(value: string): string {
  return value.replace(/[*?].*$/s, '');
}

/** `environment` has a rule of its own. */
const KNOWN = new Set<string>([...SUB_COMPONENTS, 'environment']);

function pathFlaw(path: string): string | undefined {
  if (path.startsWith('/') || path.includes('//')) {
    return 'has a slash too many in the project path';
  }
  if (!/^[\w.\-/]*$/.test(head(path))) return 'has a character that no GitLab path holds';
  if (hasWildcard(path)) return undefined;
  if (path.endsWith('/')) return 'has a project path that ends in a slash';
  if (/\.(git|atom)$/.test(path)) return 'has a project path that ends in .git or .atom';
  return path.includes('/') ? undefined : 'has a project path without a group';
}

function refFlaw(ref: string): string | undefined {
  if (/^refs\/(heads|tags|remotes)\//.test(ref))
    return 'has a full ref; GitLab writes the short name';
  // https://git-scm.com/docs/git-check-ref-format; * and ? are wildcards here.
  const refused = /[ \t\r\n~^[\\]|\.\.|@\{|\/\/|^\//.test(ref);
  const ends = !hasWildcard(ref) && /\/$|\.lock$/.test(ref);
  return refused || ends ? 'has a ref that git refuses' : undefined;
}
