import { isAwsKey, readKey } from '../../iam/condition-keys.ts';
import { absentKeyHint } from '../hint.ts';

export const keyHost = absentKeyHint('key-host', (key, provider) => {
  const { issuer, claim } = readKey(key);
  if (isAwsKey(key) || issuer.toLowerCase() === provider.toLowerCase()) return undefined;
  return `the key "${key}" belongs to another host; this provider's is ${provider}:${claim}`;
});
