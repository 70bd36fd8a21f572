import { nearMissHint } from '../hint.ts';

export const whiteSpace = nearMissHint('white-space', (expected, actual) =>
  expected !== actual && expected.trim() === actual.trim()
    ? 'differs in white space at the beginning or end only'
    : undefined,
);
