import { issuerOfUrl, readKey } from '../../iam/condition-keys.ts';
import { absentKeyHint } from '../hint.ts';

export const keyUrlForm = absentKeyHint('key-url-form', (key) => {
  const { issuer, claim } = readKey(key);
  const bare = issuerOfUrl(issuer);
  return bare === issuer ? undefined : `the key "${key}" is a URL; it is written ${bare}:${claim}`;
});
