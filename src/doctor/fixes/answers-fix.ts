import { readKey } from '../../iam/condition-keys.ts';
import { like } from '../../iam/evaluate/wildcard.ts';
import { componentOf, readSubject } from '../../iam/subject.ts';
import type { Nearest } from '../nearest.ts';
import type { Facts, Repository } from '../facts/facts.ts';
import type { Fix } from '../outcome.ts';
import { claim } from '../facts/token-facts.ts';

/** The line of the answers that lets in the token's project or ref. */
export function answersFix(
  facts: Facts,
  { role, where, locate }: Repository,
  { failing, hint }: Nearest,
): Fix | undefined {
  if (failing.length === 0) return undefined;
  const at = (place: string, what: string, change: string): Fix => ({
    place: 'answers',
    text: `If this job is meant to be let in, ${what} at ${locate(`${where}.${place}`)}, then run update and deploy`,
    change,
  });
  const { project, id, type, ref } = tokenOf(facts);
  const granted = role.grants.find(
    ({ kind, path }) => path === project || (kind === 'group' && project?.startsWith(`${path}/`)),
  );
  if (project !== undefined && !granted) {
    const named = id === undefined ? '' : `\n    id: ${id}`;
    return at('projects', 'name its project', `projects:\n  - path: ${project}${named}`);
  }
  if (hint === 'other-id' && id !== undefined && project !== undefined) {
    return at('projects', 'correct the id', `projects:\n  - path: ${project}\n    id: ${id}`);
  }
  if (hint === 'unprotected-ref') {
    return at('refs', 'let in unprotected refs', 'refs:\n  protected_only: false');
  }
  const covered = granted?.refs.some((one) => one.type === type && like(one.name, ref ?? ''));
  if (ref === undefined || covered) return undefined;
  const list = type === 'tag' ? 'tags' : 'branches';
  const open = failing.some(({ key }) => readKey(key).claim === 'ref_protected');
  const what = `name its ${type}${open ? ' (which must be protected in GitLab too)' : ''}`;
  return at(`refs.${list}`, what, `refs:\n  ${list}:\n    - ${JSON.stringify(ref)}`);
}

function tokenOf(facts: Facts) {
  const subject = readSubject(claim(facts, 'sub') ?? '');
  const told = (name: string) => claim(facts, name) ?? componentOf(subject, name);
  return {
    project: told('project_path'),
    id: told('project_id'),
    type: told('ref_type') === 'tag' ? 'tag' : 'branch',
    ref: told('ref'),
  };
}
