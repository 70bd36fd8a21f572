import type { Rule } from '../rule.ts';
import { sightValues } from '../sight.ts';

/** The characters of a policy document: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
const WRITABLE = /^[\t\n\r -\u00ff]*$/;

export const unwritableCharacter: Rule = {
  id: 'OIDC024',
  name: 'unwritable-character',
  severity: 'error',
  harm: 'rejected',
  summary: 'A character that no policy document may hold',
  why: 'IAM accepts tab, line feed, carriage return and U+0020 to U+00FF. Git and GitLab allow more in the name of a branch.',
  example: '`…:ref:発売`: AWS rejects the policy.',
  fix: 'Rename the branch, or write ? for the character under StringLike',
  check: (subject) =>
    sightValues(
      subject,
      ({ text }) => !WRITABLE.test(text),
      ({ text }) => `"${text}" holds a character outside U+0020 to U+00FF`,
    ),
};
