import { claimsOf, GITLAB_COM_CLAIMS, isAwsKey, readKey } from '../../iam/condition-keys.ts';
import { absentKeyHint } from '../hint.ts';

export const unknownKey = absentKeyHint('unknown-key', (key, provider) => {
  const { claim } = readKey(key);
  if (isAwsKey(key) || claimsOf(provider).includes(claim)) return undefined;
  const elsewhere = GITLAB_COM_CLAIMS.includes(claim) ? ', only for gitlab.com' : '';
  return `AWS has no key "${claim}" for ${provider}${elsewhere}: the condition fails for every token`;
});
