import { readKey } from '../../iam/condition-keys.ts';
import { valueHint } from '../hint.ts';

export const otherId = valueHint('other-id', (expected, actual, { key }) => {
  const { claim } = readKey(key);
  if (claim !== 'project_id' && claim !== 'namespace_id') return undefined;
  const what = claim === 'project_id' ? 'project' : 'namespace';
  return `the policy pins the ${what} id ${expected}, the token has ${actual}: the ${what} was created again, was moved, or is a different one`;
});
