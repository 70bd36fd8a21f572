import { absentKeyHint } from '../hint.ts';

export const absentClaim = absentKeyHint('absent-claim', (key, _provider, { operator }) =>
  operator === 'Null'
    ? undefined
    : `the request has no "${key}", and an absent key does not match under ${operator}`,
);
