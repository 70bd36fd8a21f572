import { like } from '../../evaluate/wildcard.ts';
import { hasWildcard } from '../../subject.ts';
import { valueHint } from '../hint.ts';

export const wildcardUnderEquals = valueHint(
  'wildcard-under-equals',
  (expected, actual, { operator }) => {
    if (!operator.includes('Equals') || !hasWildcard(expected)) return undefined;
    const would = like(expected, actual) ? '; under StringLike this one would match' : '';
    return `a wildcard under ${operator} never matches${would}`;
  },
);
