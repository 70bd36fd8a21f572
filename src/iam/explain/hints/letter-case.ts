import { like } from '../../evaluate/wildcard.ts';
import { valueHint } from '../hint.ts';

export const letterCase = valueHint('letter-case', (expected, actual) =>
  like(expected.toLowerCase(), actual.toLowerCase())
    ? `"${actual}" differs from "${expected}" in letter case only`
    : undefined,
);
