import type { Condition, ConditionValue } from '../iam/evaluate/policy.ts';
import {
  componentOf,
  hasWildcard,
  type ProjectReach,
  projectReach,
  readSubject,
  type RefReach,
  type Subject,
  refReach,
} from '../iam/subject.ts';
import { subjectFlaw } from './subject-flaw.ts';

/** A subject of a condition, and what the whole statement makes of it. */
export interface StatedSubject {
  readonly subject: Subject;
  readonly value: ConditionValue;
  /** What keeps GitLab from ever writing it. */
  readonly flaw: string | undefined;
  /** How far it reaches once the statement's ids are pinned. */
  readonly reach: ProjectReach;
  /** No wildcard reaches out of the group that it names: other rules judge the rest. */
  readonly staysInGroup: boolean;
  readonly refs: RefReach;
  /** Only protected refs come in, by key or by the subject itself. */
  readonly isProtected: boolean;
}

/** The values that a statement pins a claim to. */
type Pinned = (claim: string) => readonly string[];

/** A `*` under StringEquals lets nobody in, nor does anything under an operator that compares no text. */
export function statedSubjects(
  { operator, values }: Condition,
  pinned: Pinned,
): readonly StatedSubject[] {
  if (!operator.base.startsWith('String')) return [];
  return values
    .filter(({ text }) => operator.base.endsWith('Like') || !hasWildcard(text))
    .map((value) => stateSubject(value, pinned));
}

function stateSubject(value: ConditionValue, pinned: Pinned): StatedSubject {
  const subject = readSubject(value.text);
  const reach = reachOf(subject, pinned);
  const refs = refReach(subject);
  const protections = pinned('ref_protected');
  return {
    subject,
    value,
    flaw: subjectFlaw(subject),
    reach,
    staysInGroup: reach === 'group' || reach === 'project',
    refs,
    isProtected:
      refs.isProtected ||
      (protections.length > 0 && protections.every((protection) => protection === 'true')),
  };
}

function reachOf(subject: Subject, pinned: Pinned): ProjectReach {
  const reach = projectReach(subject);
  if (pinned('project_id').length > 0) return 'project';
  if (pinned('namespace_id').length > 0 && reach !== 'project') return 'group';
  return reach;
}

/** No token has such a subject, so it says nothing of who gets in. */
export function neverMatches({ subject, flaw, refs }: StatedSubject): boolean {
  return (
    flaw !== undefined ||
    refs.types.length === 0 ||
    componentOf(subject, 'environment') !== undefined
  );
}

const WIDTH = {
  project: 0,
  group: 2,
  'id-prefix': 3,
  'top-group-wildcard': 3,
  'top-group-prefix': 3,
  'any-project': 4,
};

/** Conditions are joined by AND: the tightest decides how far the statement reaches. */
export function tightest(guards: readonly (readonly StatedSubject[])[]): readonly StatedSubject[] {
  const width = (guard: readonly StatedSubject[]) =>
    guard.reduce(
      (widest, { subject, refs }) =>
        Math.max(widest, WIDTH[projectReach(subject)] + (refs.open ? 1 : 0)),
      0,
    );
  return [...guards].sort((a, b) => width(a) - width(b))[0] ?? [];
}
