import type { ConditionKey } from '../../iam/condition-keys.ts';
import type { Rule } from '../rule.ts';
import { sightKeys } from '../sight.ts';

/** `https://gitlab.com:sub`, `gitlab.com/:sub`. */
export function hasUrlForm({ issuer }: ConditionKey): boolean {
  return /^[a-z]+:\/\//i.test(issuer) || issuer.endsWith('/');
}

export const keyUrlForm: Rule = {
  id: 'OIDC011',
  name: 'key-url-form',
  severity: 'error',
  harm: 'locks-out',
  summary: 'A scheme or a trailing slash in a condition key',
  why: "The prefix of a key is the provider's URL without `https://` and without a slash at its end. Any other spelling names a key that no request has.",
  example: '`"https://gitlab.com:sub"`: AccessDenied for every job.',
  fix: 'Write the key as gitlab.com:sub',
  check: (subject) => sightKeys(subject, hasUrlForm, (key) => `"${key}" is written as a URL`),
};
