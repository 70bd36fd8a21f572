import type { Rule } from '../rule.ts';
import { sightValues } from '../sight.ts';

export const nonStringValue: Rule = {
  id: 'OIDC117',
  name: 'non-string-value',
  severity: 'warning',
  harm: 'untidy',
  summary: 'A number or Boolean where the claim is a string',
  why: 'IAM compares a number or Boolean as text, so this works. But tools that read a long number as a number can change it: 20000000000000000001 becomes 20000000000000000000.',
  example: '`"gitlab.com:project_id": 20`',
  fix: 'Put it in quotes: "20", "true"',
  check: (subject) =>
    sightValues(
      subject,
      ({ type }) => type !== 'string',
      ({ text, type }) => `${text} is a ${type}`,
    ),
};
