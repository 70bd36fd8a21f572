import { readKey } from '../../iam/condition-keys.ts';
import { valueHint } from '../hint.ts';

export const unprotectedRef = valueHint('unprotected-ref', (expected, actual, { key }) =>
  readKey(key).claim === 'ref_protected' && expected === 'true' && actual === 'false'
    ? "the policy asks for a protected ref and this one is not: a merge request's source branch seldom is"
    : undefined,
);
