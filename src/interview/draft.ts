import type { Draft } from '../answers/read.ts';

/** The value at a path such as `gitlab.url`, or `undefined`. */
export function answerAt(draft: Draft, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((node, key) => (isDraft(node) ? node[key] : undefined), draft);
}

/** The draft with one more answer; the draft itself stays as it is. */
export function withAnswer(draft: Draft, path: string, value: unknown): Draft {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...draft, [key]: value };
  const below = draft[key];
  return { ...draft, [key]: withAnswer(isDraft(below) ? below : {}, rest.join('.'), value) };
}

export function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
