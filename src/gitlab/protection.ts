import type { Protection } from './api/gitlab.ts';

/**
 * The rules that protect a branch or tag; none for one that is not protected.
 *
 * @see https://docs.gitlab.com/user/project/repository/branches/protected/#use-wildcard-rules
 */
export function rulesFor(name: string, rules: readonly Protection[]): readonly Protection[] {
  return rules.filter((rule) => covers(rule.name, name));
}

/** In a rule `*` is the one wildcard, and crosses slashes. */
function covers(rule: string, name: string): boolean {
  const [start = '', ...rest] = rule.split('*');
  if (rest.length === 0) return rule === name;
  const end = rest.pop() ?? '';
  if (!name.startsWith(start) || !name.endsWith(end) || name.length < start.length + end.length)
    return false;
  let middle = name.slice(start.length, name.length - end.length);
  for (const part of rest) {
    const at = middle.indexOf(part);
    if (at < 0) return false;
    middle = middle.slice(at + part.length);
  }
  return true;
}
