import { hasWildcard } from '../../iam/subject.ts';
import type { Rule } from '../rule.ts';
import { sightValues } from '../sight.ts';

const EXACT = new Set(['StringEquals', 'StringEqualsIgnoreCase']);

export const wildcardUnderEquals: Rule = {
  id: 'OIDC009',
  name: 'wildcard-under-equals',
  severity: 'error',
  harm: 'locks-out',
  summary: 'A wildcard under StringEquals never matches',
  why: 'StringEquals compares character by character: `*` is an asterisk, which neither a git ref nor a GitLab path can hold.',
  example:
    '`"StringEquals": {"gitlab.com:sub": "project_path:acme/web:*"}` lets nobody in: AccessDenied for every job.',
  fix: 'Write StringLike for patterns, and keep exact subjects under StringEquals in a statement of their own',
  check: (subject) =>
    sightValues(
      subject,
      ({ text }, { operator }) =>
        EXACT.has(operator.base) &&
        hasWildcard(text) &&
        hasWildcard(text.replace(/\$\{[*?]\}/g, '')),
      ({ text }, { operator }) =>
        `"${text}" under ${operator.text}, where a wildcard is a plain character`,
    ),
};
