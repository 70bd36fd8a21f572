import type { Draft } from '../answers/read.ts';

/** The value at a path such as `gitlab.url`, or what stands where a mapping should, or `undefined`. */
export function answerAt(draft: Draft, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((node, key) => (isDraft(node) ? node[key] : (node ?? undefined)), draft);
}

/**
 * The draft with one more answer; the draft itself is not changed. Anything other than a mapping on the
 * way is kept: it is wrong, and must be reported rather than replaced.
 */
export function withAnswer(draft: Draft, path: string, value: unknown): Draft {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...draft, [key]: value };
  const below = draft[key] ?? {};
  if (!isDraft(below)) return draft;
  return { ...draft, [key]: withAnswer(below, rest.join('.'), value) };
}

/** The draft with the answer at a path: asked for only where there is none, and left out if it is empty. */
export async function answered(
  draft: Draft,
  path: string,
  ask: () => Promise<unknown>,
): Promise<Draft> {
  if (answerAt(draft, path) !== undefined) return draft;
  const answer = await ask();
  const isEmpty = answer === '' || (Array.isArray(answer) && answer.length === 0);
  return isEmpty ? draft : withAnswer(draft, path, answer);
}

/** The URL of the instance, where the answers have one: an address that is pasted must be of it. */
export function instanceOf(draft: Draft): string {
  const url = answerAt(draft, 'gitlab.url');
  return typeof url === 'string' ? url : 'https://gitlab.com';
}

export function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The mappings in the list at a path; none where there is no list. */
export function draftsAt(draft: Draft, path: string): Draft[] {
  const list = answerAt(draft, path);
  return Array.isArray(list) ? list.filter(isDraft) : [];
}
