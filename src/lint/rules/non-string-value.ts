import type { Rule } from '../rule.ts';
import { sightValues } from '../sight.ts';

export const nonStringValue: Rule = {
  id: 'OIDC021',
  name: 'non-string-value',
  severity: 'error',
  harm: 'locks-out',
  summary: 'A number or boolean where the claim is a string',
  why: 'GitLab’s ids and booleans are JSON strings (`"20"`, `"true"`), and AWS compares them as strings. A bare number changes its text on the way through JSON tools (20000000000000000001 becomes 20000000000000000000).',
  example: '`"gitlab.com:project_id": 20`',
  fix: 'Put it in quotes: "20", "true"',
  check: (subject) =>
    sightValues(
      subject,
      ({ type }) => type !== 'string',
      ({ text, type }) => `${text} is a ${type}`,
    ),
};
