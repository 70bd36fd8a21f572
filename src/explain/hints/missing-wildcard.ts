import { valueHint } from '../hint.ts';

export const missingWildcard = valueHint('missing-wildcard', (expected, actual) =>
  expected !== '' && actual.startsWith(expected)
    ? `"${expected}" is only the beginning of "${actual}": a pattern is compared with the whole value`
    : undefined,
);
