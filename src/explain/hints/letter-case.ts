import { like } from '../../iam/evaluate/wildcard.ts';
import { nearMissHint } from '../hint.ts';

export const letterCase = nearMissHint('letter-case', (expected, actual) =>
  like(expected.toLowerCase(), actual.toLowerCase())
    ? `"${actual}" differs from "${expected}" in letter case only`
    : undefined,
);
