import { SUB_COMPONENTS } from '../gitlab/subject.ts';
import { splitAtColons } from './evaluate/policy-variables.ts';

/** GitLab never writes `environment`, but people do. */
const NAMES = new Set<string>([...SUB_COMPONENTS, 'environment']);

/** A subject or a pattern of subjects: `component:value` pairs joined by `:`. */
export interface Subject {
  readonly text: string;
  readonly parts: readonly SubjectPart[];
  /** What follows the last pair: `*` of `project_path:acme/web:*`, or an odd word. */
  readonly rest: string | undefined;
}

interface SubjectPart {
  readonly name: string;
  readonly value: string;
}

export function readSubject(text: string): Subject {
  const pieces = splitAtColons(text);
  const parts: SubjectPart[] = [];
  let at = 0;
  let afterWildcard = false;
  for (; at + 1 < pieces.length; at += 2) {
    const name = pieces[at] ?? '';
    const value = pieces[at + 1] ?? '';
    // A wildcard crosses colons: after it only a known name is surely a name.
    if (hasWildcard(name) || (afterWildcard && !NAMES.has(name))) break;
    parts.push({ name, value });
    afterWildcard ||= hasWildcard(value);
  }
  return { text, parts, rest: at < pieces.length ? pieces.slice(at).join(':') : undefined };
}

export function componentOf(subject: Subject, name: string): string | undefined {
  return subject.parts.find((part) => part.name === name)?.value;
}

export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

/** Whether a text has the form of a GitLab subject, default or customized. */
export function isGitlabSubject(text: string): boolean {
  const [first = ''] = text.split(':');
  return SUB_COMPONENTS.some((component) => component === first) && text.length > first.length;
}

/** Which refs of a project a subject reaches. */
export interface RefReach {
  /** The types that it allows. */
  readonly types: readonly ('branch' | 'tag')[];
  /** Whether the type is written down at all, be it as `*`. */
  readonly typeWritten: boolean;
  /** More refs than one. */
  readonly open: boolean;
  /** Narrowed to protected refs or environments by the subject itself. */
  readonly isProtected: boolean;
}

export function refReach(subject: Subject): RefReach {
  const type = componentOf(subject, 'ref_type');
  const ref = componentOf(subject, 'ref');
  return {
    types: (['branch', 'tag'] as const).filter((one) => type === undefined || mayBe(type, one)),
    typeWritten: type !== undefined,
    open: ref === undefined || hasWildcard(ref),
    isProtected:
      componentOf(subject, 'ref_protected') === 'true' ||
      componentOf(subject, 'environment_protected') === 'true',
  };
}

/** A wildcard may swallow what follows, so only the text before it tells. */
function mayBe(pattern: string, value: string): boolean {
  const wildcard = pattern.search(/[*?]/);
  return wildcard < 0 ? pattern === value : value.startsWith(pattern.slice(0, wildcard));
}
