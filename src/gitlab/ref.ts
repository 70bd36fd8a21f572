import { shown, type Flaw } from '../text/flaw.ts';

export type RefType = 'branch' | 'tag';

/** A branch or tag, or a pattern of them in which `*` and `?` are IAM's wildcards. */
export interface Ref {
  readonly type: RefType;
  readonly name: string;
}

/** Git refuses `*` and `?` in ref names, so in an answer they always mean a pattern. */
export function isPattern(name: string): boolean {
  return /[*?]/.test(name);
}

/**
 * Checks a branch or tag name, or a pattern of them, against what git allows and what an IAM policy can hold.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html (characters of a policy document)
 */
export function checkRef({ type, name }: Ref): Flaw | undefined {
  const fix = `Give the ${type}'s short name, such as ${type === 'branch' ? 'main or release/*' : 'v1.0.0 or v*'}`;
  const flaw = (what: string, otherFix = fix) => ({
    what: `${shown(name)} ${what}`,
    fix: otherFix,
  });
  if (name === '') return { what: `the ${type} is empty`, fix };
  const full = /^refs\/(heads|tags|remotes)\//.exec(name);
  if (full) {
    return flaw('is a full ref; the subject holds short names', `Leave out ${full[0]}`);
  }
  if (name.startsWith('-')) return flaw('starts with a dash, which git refuses');
  if (name === 'HEAD') return flaw(`is not a ${type} name that GitLab allows`);
  if (name.includes('[')) {
    return flaw(
      'holds [, which git refuses and IAM has no wildcard for',
      'Use * or ? for a pattern',
    );
  }
  // eslint-disable-next-line no-control-regex -- control characters are the point
  const refused = /[\u0000-\u0020\u007f~^:\\]|\.\.|@\{/u.exec(name);
  if (refused) return flaw(`holds ${shown(refused[0])}, which git refuses`);
  if (name.startsWith('/') || name.endsWith('/') || name.includes('//')) {
    return flaw('starts or ends with a slash, or has two in a row');
  }
  if (name.endsWith('.')) return flaw('ends with a dot, which git refuses');
  if (name.split('/').some((part) => part.startsWith('.') || part.endsWith('.lock'))) {
    return flaw('has a part that starts with a dot or ends in .lock, which git refuses');
  }
  const outside = /[^\u0000-\u00ff]/u.exec(name); // eslint-disable-line no-control-regex -- Latin-1
  if (outside) {
    return flaw(
      `holds ${shown(outside[0])}, and an IAM policy can hold Latin-1 characters only`,
      `Rename the ${type}, or use a pattern that covers it, such as ${coveringPattern(name)}`,
    );
  }
  return undefined;
}

function coveringPattern(name: string): string {
  const start = /^[\u0021-\u00ff]*/u.exec(name)?.[0] ?? '';
  return shown(`${start}*`);
}

/** Several of them, which is also the key of their list in answers. */
export function pluralOf(type: RefType) {
  return type === 'branch' ? 'branches' : 'tags';
}

/** Says in words which refs a name or pattern covers. */
export function describeRef({ type, name }: Ref): string {
  if (!isPattern(name)) return `${type} ${name}`;
  if (/^\*+$/.test(name)) return `any ${type}`;
  const prefix = /^([^*?]+)\*+$/.exec(name)?.[1];
  if (prefix !== undefined) return `any ${type} whose name begins with ${prefix}`;
  const suffix = /^\*+([^*?]+)$/.exec(name)?.[1];
  if (suffix !== undefined) return `any ${type} whose name ends with ${suffix}`;
  return `${pluralOf(type)} that match ${name}`;
}

/** Names a ref or pattern as it was given: `branch main`, `tags v*`. */
export function nameRef({ type, name }: Ref): string {
  if (!isPattern(name)) return `${type} ${name}`;
  return `${pluralOf(type)} ${name}`;
}

/** A name that the pattern covers, to show what a wildcard allows. */
export function exampleOf(pattern: string): string {
  return pattern.replace(/\*+/g, 'x/y').replaceAll('?', 'x');
}
