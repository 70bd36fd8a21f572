import { readKey } from '../../iam/condition-keys.ts';
import { valueHint } from '../hint.ts';

export const audience = valueHint('audience', (expected, actual, { key }) => {
  if (readKey(key).claim !== 'aud') return undefined;
  const bare = (text: string) => text.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return bare(expected) === bare(actual)
    ? `the audiences differ in https:// or in a slash at the end only: "${expected}" and "${actual}"`
    : `the job asks for the audience "${actual}": write aud: ${expected} into its id_tokens`;
});
