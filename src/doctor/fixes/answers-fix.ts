import { readKey } from '../../iam/condition-keys.ts';
import { like } from '../../iam/evaluate/wildcard.ts';
import { componentOf, readSubject } from '../../iam/subject.ts';
import type { Nearest } from '../nearest.ts';
import type { Facts, Repository } from '../facts/facts.ts';
import type { Fix } from '../../iam/messages/fix.ts';
import { claim } from '../facts/token-facts.ts';

/** The line of the answers that allows the token's project or ref. */
export function answersFix(
  facts: Facts,
  { role, where, locate }: Repository,
  { failing, hint }: Nearest,
): Fix | undefined {
  if (failing.length === 0) return undefined;
  const at = (place: string, what: string, change: string): Fix => ({
    place: 'answers',
    text: `To allow this job, ${what} at ${locate(`${where}.${place}`)}, then run update and deploy`,
    change,
  });
  const { project, id, type, ref } = tokenOf(facts);
  const granted = role.grants.find(
    ({ kind, path }) => path === project || (kind === 'group' && project?.startsWith(`${path}/`)),
  );
  if (project !== undefined && !granted) {
    const named = id === undefined ? '' : `\n    id: ${id}`;
    return at('projects', 'add its project', `projects:\n  - path: ${project}${named}`);
  }
  if (hint === 'other-id' && id !== undefined && project !== undefined) {
    return at('projects', 'correct the id', `projects:\n  - path: ${project}\n    id: ${id}`);
  }
  if (hint === 'unprotected-ref') {
    return at('refs', 'allow unprotected refs', 'refs:\n  protected_only: false');
  }
  const covered = granted?.refs.some((one) => one.type === type && like(one.name, ref ?? ''));
  if (ref === undefined || covered) return undefined;
  const list = type === 'tag' ? 'tags' : 'branches';
  const open = failing.some(({ key }) => readKey(key).claim === 'ref_protected');
  const what = `add its ${type}${open ? ' (which must also be protected in GitLab)' : ''}`;
  return at(`refs.${list}`, what, `refs:\n  ${list}:\n    - ${JSON.stringify(ref)}`);
}

function tokenOf(facts: Facts) {
  const subject = readSubject(claim(facts, 'sub') ?? '');
  const known = (name: string) => claim(facts, name) ?? componentOf(subject, name);
  return {
    project: known('project_path'),
    id: known('project_id'),
    type: known('ref_type') === 'tag' ? 'tag' : 'branch',
    ref: known('ref'),
  };
}
