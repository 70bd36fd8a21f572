import type { Finding } from './rule.ts';

/**
 * `dangerous`: somebody whom nobody named may assume the role. `caution`: more than should may, or it does not work, or
 * it cannot be determined. `safe`: none of these. `not-judged`: no statement trusts a GitLab.
 */
export type Grade = 'safe' | 'caution' | 'dangerous' | 'not-judged';

export interface Grading {
  readonly grade: Grade;
  /** The findings that made the grade, as sentences. */
  readonly reasons: readonly string[];
}

/** @param checked how many statements were checked */
export function grade(findings: readonly Finding[], checked: number): Grading {
  const dangers = findings.filter(({ harm }) => harm === 'lets-in');
  const deciding = dangers.length > 0 ? dangers : findings;
  return {
    grade: gradeOf(
      findings.filter(({ harm }) => harm !== 'untidy').length,
      dangers.length,
      checked,
    ),
    reasons: deciding.map(({ id, path, message }) => `${id} ${path}: ${message}`),
  };
}

function gradeOf(findings: number, dangers: number, checked: number): Grade {
  if (checked === 0) return 'not-judged';
  if (dangers > 0) return 'dangerous';
  return findings > 0 ? 'caution' : 'safe';
}
