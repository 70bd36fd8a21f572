import type { Finding } from './rule.ts';

/**
 * `dangerous`: lets in somebody whom nobody named. `caution`: lets in more than it should, or does not work.
 * `safe`: neither.
 */
export type Grade = 'safe' | 'caution' | 'dangerous';

export interface Grading {
  readonly grade: Grade;
  /** The findings that made the grade, as sentences. */
  readonly reasons: readonly string[];
}

export function grade(findings: readonly Finding[]): Grading {
  const dangers = findings.filter(({ harm }) => harm === 'lets-in');
  const deciding = dangers.length > 0 ? dangers : findings;
  return {
    grade: dangers.length > 0 ? 'dangerous' : findings.length > 0 ? 'caution' : 'safe',
    reasons: deciding.map(({ id, path, message }) => `${id} ${path}: ${message}`),
  };
}
