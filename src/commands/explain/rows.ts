import type { Grant } from '../../access/grant.ts';
import { limitInWords, whoInWords } from '../../access/words.ts';
import type { Row } from '../../render/access.ts';
import { readId } from '../../gitlab/numeric-id.ts';
import { DEFAULT_COMPONENTS } from '../../gitlab/subject.ts';
import { nameRef } from '../../gitlab/ref.ts';

/** What a project must be set to in GitLab before a grant holds. */
export interface NeededForm {
  readonly who: string;
  readonly components: readonly string[];
}

/** The rows of a table: one for all refs of a project under the same limits, whatever the form of its subjects. */
export function rowsOf(grants: readonly Grant[]): Row[] {
  const found = new Map<string, Row>();
  for (const row of plainest(grants).map(rowOf)) {
    const key = JSON.stringify([row.kind, row.path, row.id, row.limits]);
    const known = found.get(key);
    found.set(key, known ? { ...known, refs: [...known.refs, ...row.refs] } : row);
  }
  return [...found.values()];
}

/** The forms of subjects that must be set, of the grants that GitLab's default does not meet. */
export function neededForms(grants: readonly Grant[]): NeededForm[] {
  const forms = plainest(grants)
    .filter((grant) => !isDefault(grant))
    .map(({ who, subjectForm }) => ({ who: whoInWords(who), components: subjectForm }));
  return [...new Map(forms.map((one) => [JSON.stringify(one), one])).values()];
}

function isDefault({ subjectForm }: Grant): boolean {
  return subjectForm.join() === DEFAULT_COMPONENTS.join();
}

/** One grant for each that says the same of projects and refs, with GitLab's default subject where that is one. */
function plainest(grants: readonly Grant[]): Grant[] {
  const found = new Map<string, Grant>();
  for (const grant of grants) {
    const { who, refs, exceptRefs, limits } = grant;
    const key = JSON.stringify([who, refs, exceptRefs, limits]);
    if (!found.has(key) || isDefault(grant)) found.set(key, grant);
  }
  return [...found.values()];
}

function rowOf({ who, refs, exceptRefs, limits }: Grant): Row {
  const { kind, path, ids, exceptPaths } = who;
  const [id] = ids;
  const isPlain = (kind === 'project' || kind === 'group') && exceptPaths.length === 0;
  const number = ids.length === 1 && id !== undefined ? readId(id) : undefined;
  const named = isPlain && path !== undefined && (ids.length === 0 || number !== undefined);
  return {
    kind: named && kind === 'group' ? 'group' : 'project',
    path: named ? path : whoInWords(who),
    id: named ? number : undefined,
    refs,
    limits: [...exceptRefs.map((ref) => `not ${nameRef(ref)}`), ...limits.map(limitInWords)],
  };
}
