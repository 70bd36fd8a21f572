import { like } from '../../iam/evaluate/wildcard.ts';
import { hasWildcard } from '../../iam/subject.ts';
import { nearMissHint } from '../hint.ts';

export const wildcardUnderEquals = nearMissHint(
  'wildcard-under-equals',
  (expected, actual, { operator, expected: all }) => {
    if (!operator.includes('Equals') || !hasWildcard(expected)) return undefined;
    if (like(expected, actual)) {
      return `a wildcard under ${operator} never matches; under StringLike "${expected}" would`;
    }
    return all.length === 1 ? `a wildcard under ${operator} never matches` : undefined;
  },
);
