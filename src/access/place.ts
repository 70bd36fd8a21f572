import type { Place } from './role-context.ts';

/** `roles.json:12: Roles[0]`, as reports name a place. */
export function placeText({ file, path, line }: Place): string {
  const named = file === '-' ? 'standard input' : file;
  return `${named}${line === undefined ? '' : `:${line}`}${path === '' ? '' : `: ${path}`}`;
}
