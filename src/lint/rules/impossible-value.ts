import { vocabularyOf } from '../../access/tokens/claims.ts';
import { ID, isText } from '../../access/tokens/grammar.ts';
import { isAwsKey } from '../../iam/condition-keys.ts';
import { like } from '../../iam/evaluate/wildcard.ts';
import { hasWildcard } from '../../iam/subject.ts';
import type { Rule } from '../rule.ts';
import { sightKeys, sightValues } from '../sight.ts';

export const impossibleValue: Rule = {
  id: 'OIDC029',
  name: 'impossible-value',
  severity: 'error',
  harm: 'locks-out',
  summary: 'A value that a claim never has',
  why: 'GitLab writes IDs in digits, and everything else in a few fixed words. The comparison is exact, letter case included. A list without values matches nothing.',
  example:
    '`"gitlab.com:ref_protected": "True"`, `"gitlab.com:runner_environment": "gitlab_hosted"`, `"gitlab.com:pipeline_source": "merge_request"`, `"gitlab.com:user_access_level": "40"`: AccessDenied for every job.',
  fix: 'Write the value as GitLab does: true, gitlab-hosted, merge_request_event, maintainer',
  check: (subject) => [
    ...sightValues(
      subject,
      ({ text }, { claim, operator, key }) =>
        !isAwsKey(key) && claim !== 'sub' && claim !== 'aud' && !canBe(claim, operator.base, text),
      ({ text }, { claim }) => `"${text}" is not a value that GitLab gives ${claim}`,
      ({ claim }) => fixFor(claim),
    ),
    ...sightKeys(
      subject,
      ({ values }) => values.length === 0,
      (key) => `"${key}" has no values`,
    ),
  ],
};

function fixFor(claim: string): string | undefined {
  const vocabulary = vocabularyOf(claim);
  if ('listed' in vocabulary) {
    return `Write one of ${vocabulary.listed.filter((one) => one !== undefined).join(', ')}`;
  }
  return vocabulary.grammar === ID ? 'Write the ID in digits, such as 20' : undefined;
}

/** Whether a claim can have a value that matches; a variable may become any. */
function canBe(claim: string, operator: string, text: string): boolean {
  if (!['StringEquals', 'StringLike'].includes(operator) || text.includes('${')) return true;
  const isPattern = operator === 'StringLike' && hasWildcard(text);
  const vocabulary = vocabularyOf(claim);
  if ('listed' in vocabulary) {
    return vocabulary.listed.some(
      (one) => one !== undefined && (isPattern ? like(text, one) : one === text),
    );
  }
  return isPattern || hasWildcard(text) || isText(vocabulary.grammar, text);
}
